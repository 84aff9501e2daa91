package moonphase.http.files;

import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * How {@code If-Modified-Since} is compared.
 *
 * @param comparison {@code if_modified_since}
 */
record NotModifiedConf(Setting<Comparison> comparison) implements Conf<NotModifiedConf> {
  static final ConfKey<NotModifiedConf> KEY =
      new ConfKey<>("not_modified", new NotModifiedConf(Setting.unset()));

  /** How the time asked about and the response's own are compared. */
  enum Comparison {
    OFF,
    EXACT,
    BEFORE
  }

  /** Reads the directive. */
  static NotModifiedConf read(Arguments args) {
    return new NotModifiedConf(
        Setting.of(
            switch (args.get(0)) {
              case "off" -> Comparison.OFF;
              case "exact" -> Comparison.EXACT;
              case "before" -> Comparison.BEFORE;
              default -> throw args.error("invalid value \"" + args.get(0) + "\"");
            }));
  }

  @Override
  public NotModifiedConf inherit(NotModifiedConf outer) {
    return new NotModifiedConf(comparison.inherit(outer.comparison));
  }
}
