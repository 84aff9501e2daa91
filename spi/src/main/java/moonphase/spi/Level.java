package moonphase.spi;

/** The levels of the configuration on which a directive may stand. */
public enum Level {
  /** Outside any block. */
  MAIN,
  /** In {@code events}. */
  EVENTS,
  /** In {@code http}. */
  HTTP,
  /** In {@code upstream}. */
  UPSTREAM,
  /** In {@code server}. */
  SERVER,
  /** In an {@code if} of a server. */
  SERVER_IF,
  /** In {@code location}. */
  LOCATION,
  /** In an {@code if} of a location. */
  LOCATION_IF,
  /** In {@code limit_except}. */
  LIMIT_EXCEPT
}
