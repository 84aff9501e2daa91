package moonphase.spi;

/**
 * How a connection is treated while a response is sent on it and after; a location's settings.
 *
 * @param keepAliveMillis {@code keepalive_timeout}: how long an idle connection lives
 * @param keepAliveHeader its second value in seconds; 0 for no {@code Keep-Alive} field
 * @param sendTimeoutMillis {@code send_timeout}: between two writes
 * @param postponedBytes {@code postpone_output}: how much is gathered before it is sent unasked
 * @param lingering {@code lingering_close}
 * @param lingeringMillis {@code lingering_time}: how long a body that nobody wants is read
 * @param lingeringTimeoutMillis {@code lingering_timeout}: how long at most more of it is waited
 *     for
 * @param isResettingTimedOut {@code reset_timedout_connection}
 */
public record ConnectionSettings(
    long keepAliveMillis,
    long keepAliveHeader,
    long sendTimeoutMillis,
    long postponedBytes,
    Lingering lingering,
    long lingeringMillis,
    long lingeringTimeoutMillis,
    boolean isResettingTimedOut) {

  /** Whether a client is given time to read before its connection is closed. */
  public enum Lingering {
    /** The connection is closed at once. */
    OFF,
    /** What the client may still send is read before. */
    ON,
    /** The same, whether or not the client may still send. */
    ALWAYS
  }

  /** nginx's defaults. */
  public static final ConnectionSettings DEFAULT =
      new ConnectionSettings(75_000, 0, 60_000, 1460, Lingering.ON, 30_000, 5_000, false);
}
