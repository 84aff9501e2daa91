package moonphase.http.files;

import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * How files are answered with.
 *
 * @param etag {@code etag}
 * @param logNotFound {@code log_not_found}
 */
record StaticConf(Setting<Boolean> etag, Setting<Boolean> logNotFound) implements Conf<StaticConf> {
  static final ConfKey<StaticConf> KEY =
      new ConfKey<>("static", new StaticConf(Setting.unset(), Setting.unset()));

  StaticConf withEtag(boolean on) {
    return new StaticConf(Setting.of(on), logNotFound);
  }

  StaticConf withLogNotFound(boolean on) {
    return new StaticConf(etag, Setting.of(on));
  }

  /** Whether a missing file is worth a line. */
  boolean isLoggingNotFound() {
    return logNotFound.orElse(true);
  }

  @Override
  public StaticConf inherit(StaticConf outer) {
    return new StaticConf(etag.inherit(outer.etag), logNotFound.inherit(outer.logNotFound));
  }
}
