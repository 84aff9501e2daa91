package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The error log as it is configured in some place.
 *
 * <p>An exchange's log belongs to its worker; the generation's and a worker's own may be used from
 * any thread. Does not block beyond a write to a file.
 */
@ProviderType
public interface ErrorLog {
  /** Whether a line of that level is written. */
  boolean isEnabled(LogLevel level);

  /**
   * Writes one event.
   *
   * @param message Latin-1, without the time, level and number before it and the request behind it
   */
  void log(LogLevel level, String message);

  /** Writes one event that a Java failure lies behind; the stack trace follows the line. */
  void log(LogLevel level, String message, Throwable bug);
}
