package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The answer under way. Worker thread only.
 *
 * <p>Header and chunks pass the filters before they reach the client, or the parent of a
 * subrequest.
 */
@ProviderType
public interface Response {
  /**
   * An attribute of the exchange: a {@code Location} that begins with a slash is sent as it is,
   * without scheme and host before it.
   */
  Attributes.Key<Boolean> RELATIVE_LOCATION = new Attributes.Key<>("relative location");

  /**
   * An attribute of the main exchange: fields to send behind the body. A header filter puts it, and
   * the response is sent in chunks then; fields may be added until the last chunk has passed the
   * filters. Clients of HTTP/1.0 do not get them.
   */
  Attributes.Key<Headers> TRAILERS = new Attributes.Key<>("trailers");

  /**
   * An attribute of an exchange: a header filter puts it if a body filter has to see the bytes of
   * files. Long parts are read before the body filters then, piece by piece, as fast as the client
   * takes them.
   */
  Attributes.Key<Boolean> IN_MEMORY = new Attributes.Key<>("body in memory");

  /** The status that is or will be sent; 0 if none was set. */
  int status();

  /**
   * Sets the status; without effect on the wire once the header is sent. An {@code error_page} is
   * sent with the status of the error whatever its handler sets, unless the handler has set 0
   * before, which forgets it.
   */
  void status(int status);

  /** The status line behind the version, for example {@code 200 Fine}; empty for nginx's own. */
  String statusLine();

  /** Sets the status line behind the version; empty for nginx's own. */
  void statusLine(String line);

  /**
   * The fields to send, {@code Content-Type} and {@code Content-Length} among them. A {@code
   * Server} or {@code Date} here takes the place of the server's own; an empty one keeps it from
   * being sent.
   */
  Headers headers();

  /** Whether the header has passed the filters. */
  boolean isHeaderSent();

  /** Whether this response has no body whatever is sent: HEAD, 204, 304. */
  boolean isHeaderOnly();

  /** Whether the last chunk has been sent, or the client has gone. */
  boolean isEnded();

  /**
   * Sends the header, with 200 if no status was set. Once.
   *
   * @return OK; or what a filter decided instead, which the caller returns as its verdict
   */
  Verdict sendHeader();

  /**
   * Sends a piece of the body, which is the response's from now on; sends the header before if that
   * was not done. After {@link #isEnded()} the chunk is released and forgotten.
   *
   * @return OK; or what a filter decided instead, which the caller returns as its verdict
   */
  Verdict send(Chunk chunk);

  /** Whether the client takes more without its buffers growing beyond their mark. */
  boolean isWritable();

  /**
   * Waits until all that was sent so far has left for the client.
   *
   * @param listener called once on the worker thread, at once if nothing is waiting
   */
  void whenFlushed(FlushListener listener);
}
