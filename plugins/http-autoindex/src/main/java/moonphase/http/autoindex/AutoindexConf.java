package moonphase.http.autoindex;

import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * Whether directories are listed, and how. Immutable.
 *
 * @param enabled {@code autoindex}
 * @param format {@code autoindex_format}
 * @param exactSize {@code autoindex_exact_size}
 * @param localTime {@code autoindex_localtime}
 */
record AutoindexConf(
    Setting<Boolean> enabled,
    Setting<Format> format,
    Setting<Boolean> exactSize,
    Setting<Boolean> localTime)
    implements Conf<AutoindexConf> {
  static final ConfKey<AutoindexConf> KEY =
      new ConfKey<>(
          "autoindex",
          new AutoindexConf(Setting.unset(), Setting.unset(), Setting.unset(), Setting.unset()));

  /** How a listing is written. */
  enum Format {
    HTML("text/html"),
    JSON("application/json"),
    JSONP("application/javascript"),
    XML("text/xml; charset=utf-8");

    private final String type;

    Format(String type) {
      this.type = type;
    }

    /** Its {@code Content-Type}. */
    String type() {
      return type;
    }
  }

  AutoindexConf withEnabled(Arguments args) {
    return new AutoindexConf(Setting.of(args.flag(0)), format, exactSize, localTime);
  }

  AutoindexConf withFormat(Arguments args) {
    Format chosen =
        switch (args.get(0)) {
          case "html" -> Format.HTML;
          case "json" -> Format.JSON;
          case "jsonp" -> Format.JSONP;
          case "xml" -> Format.XML;
          default -> throw args.error("invalid value \"" + args.get(0) + "\"");
        };
    return new AutoindexConf(enabled, Setting.of(chosen), exactSize, localTime);
  }

  AutoindexConf withExactSize(Arguments args) {
    return new AutoindexConf(enabled, format, Setting.of(args.flag(0)), localTime);
  }

  AutoindexConf withLocalTime(Arguments args) {
    return new AutoindexConf(enabled, format, exactSize, Setting.of(args.flag(0)));
  }

  @Override
  public AutoindexConf inherit(AutoindexConf outer) {
    return new AutoindexConf(
        enabled.inherit(outer.enabled),
        format.inherit(outer.format),
        exactSize.inherit(outer.exactSize),
        localTime.inherit(outer.localTime));
  }
}
