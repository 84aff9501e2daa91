package moonphase.http.rewrite;

import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Setting;

/**
 * What the steps write to the error log.
 *
 * @param log {@code rewrite_log}
 * @param warning {@code uninitialized_variable_warn}
 */
record RewriteConf(Setting<Boolean> log, Setting<Boolean> warning) implements Conf<RewriteConf> {
  static final ConfKey<RewriteConf> KEY =
      new ConfKey<>("rewrite", new RewriteConf(Setting.unset(), Setting.unset()));

  RewriteConf withLog(boolean on) {
    return new RewriteConf(Setting.of(on), warning);
  }

  RewriteConf withWarning(boolean on) {
    return new RewriteConf(log, Setting.of(on));
  }

  @Override
  public RewriteConf inherit(RewriteConf outer) {
    return new RewriteConf(log.inherit(outer.log), warning.inherit(outer.warning));
  }

  /** Whether the steps of this exchange are told; a debug log tells them anyway. */
  static boolean isLogging(Exchange exchange) {
    return exchange.conf(KEY).log.orElse(false) || exchange.log().isEnabled(LogLevel.DEBUG);
  }

  /** Whether the use of a variable that was never set is worth a line. */
  static boolean isWarning(Exchange exchange) {
    return exchange.conf(KEY).warning.orElse(true);
  }
}
