package moonphase.lua;

import moonphase.spi.ErrorLog;
import moonphase.spi.LogLevel;

/**
 * An error log whose lines end with where they come from. Threads as the log behind it.
 *
 * @param log where lines are written
 * @param suffix for example {@code , context: ngx.timer}
 */
record SuffixedLog(ErrorLog log, String suffix) implements ErrorLog {
  @Override
  public boolean isEnabled(LogLevel level) {
    return log.isEnabled(level);
  }

  @Override
  public void log(LogLevel level, String message) {
    if (log.isEnabled(level)) {
      log.log(level, message + suffix);
    }
  }

  @Override
  public void log(LogLevel level, String message, Throwable bug) {
    log.log(level, message + suffix, bug);
  }
}
