package moonphase.spi;

/**
 * The phases in which a handler may be registered, in the order they run.
 *
 * <p>The steps between them (location lookup, uri-changed check, access verdict) belong to the
 * engine and take no handlers, so they are not listed.
 *
 * <p>Source: nginx development guide, "HTTP phases".
 */
public enum Phase {
  /** Right after the request header has been read. */
  POST_READ,
  /** Before a location is chosen; the configuration is the server's. */
  SERVER_REWRITE,
  /** After a location was chosen; a changed URI leads back to the choice. */
  REWRITE,
  /** Before access control, for example to limit rates. */
  PREACCESS,
  /** Access control; subrequests skip it. */
  ACCESS,
  /** Between access control and content, for example {@code try_files}. */
  PRECONTENT,
  /** The answer; one handler produces it. */
  CONTENT,
  /** After the response; every handler runs and verdicts are ignored. */
  LOG
}
