package moonphase.http.log;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.Errno;
import moonphase.spi.ErrorLog;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of lines that cannot be written: one {@code [alert]} a minute, and after a full disk
 * a second without an attempt, in which lines are lost. Any thread.
 *
 * <p>Source: ngx_http_log_write.
 */
final class WriteFailures {
  private static final long QUIET_SECONDS = 59;

  private final String name;
  private final AtomicLong told = new AtomicLong(now() - QUIET_SECONDS - 1);
  private volatile long fullSecond = Long.MIN_VALUE;

  /** Nothing has failed yet at the file of that name. */
  WriteFailures(String name) {
    this.name = name;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
  }

  /** Whether nothing is to be written now. */
  boolean isPausing() {
    return fullSecond != Long.MIN_VALUE && fullSecond == now();
  }

  /** Takes note of what a write has come to; null is a success. */
  void note(ErrorLog log, @Nullable Errno failure) {
    if (failure == null) {
      return;
    }
    long second = now();
    if (failure == Errno.ENOSPC) {
      fullSecond = second;
    }
    long last = told.get();
    if (second - last > QUIET_SECONDS && told.compareAndSet(last, second)) {
      log.log(LogLevel.ALERT, "write() to \"" + name + "\" failed (" + failure + ")");
    }
  }
}
