package moonphase.http.files;

import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * How files are answered with.
 *
 * @param etag {@code etag}
 * @param logNotFound {@code log_not_found}
 * @param symlinks {@code disable_symlinks}
 */
record StaticConf(
    Setting<Boolean> etag, Setting<Boolean> logNotFound, Setting<SymlinkRule> symlinks)
    implements Conf<StaticConf> {
  static final ConfKey<StaticConf> KEY =
      new ConfKey<>("static", new StaticConf(Setting.unset(), Setting.unset(), Setting.unset()));

  StaticConf withEtag(boolean on) {
    return new StaticConf(Setting.of(on), logNotFound, symlinks);
  }

  StaticConf withLogNotFound(boolean on) {
    return new StaticConf(etag, Setting.of(on), symlinks);
  }

  StaticConf withSymlinks(SymlinkRule rule) {
    return new StaticConf(etag, logNotFound, Setting.of(rule));
  }

  /** Whether a missing file is worth a line. */
  boolean isLoggingNotFound() {
    return logNotFound.orElse(true);
  }

  /** How symbolic links are dealt with. */
  SymlinkRule symlinkRule() {
    return symlinks.orElse(SymlinkRule.NONE);
  }

  @Override
  public StaticConf inherit(StaticConf outer) {
    return new StaticConf(
        etag.inherit(outer.etag),
        logNotFound.inherit(outer.logNotFound),
        symlinks.inherit(outer.symlinks));
  }
}
