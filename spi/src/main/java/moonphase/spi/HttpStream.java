package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One request and its response on the wire. Worker thread only.
 *
 * <p>The stream ends with the last chunk, or with {@link #abort()}. What is left of the request
 * body then is read and dropped (lingering close), so that the client sees the response.
 */
@ConsumerType
public interface HttpStream {
  /** The head as read. */
  RequestHead head();

  /** The connection. */
  Connection connection();

  /** Whether a body was announced: a length greater than 0, or chunks. */
  boolean hasBody();

  /** The body's announced length in bytes; -1 if it comes in chunks. */
  long bodyLength();

  /**
   * Starts the arrival of the body; sends {@code 100 Continue} if the client waits for it.
   *
   * @param timeoutMillis between two reads; beyond it the receiver fails with 408
   */
  BodyFlow receive(BodyReceiver receiver, long timeoutMillis);

  /** Sends status and header. Once. */
  void head(ResponseHead head);

  /** Has these fields follow the last chunk of a body that is sent in chunks. Before that chunk. */
  default void trailers(Headers fields) {}

  /** Sends a piece of the body, framed as the head said; the chunk is the stream's from now on. */
  void send(Chunk chunk);

  /** Whether the peer takes more without the send buffer growing beyond its mark. */
  boolean isWritable();

  /**
   * Whether more of what was sent waits for the peer, or for its time, than a socket takes at once;
   * {@link #whenFlushed} tells when it has left. False if not overridden.
   */
  default boolean isLeaving() {
    return false;
  }

  /** See {@link Response#whenFlushed}. */
  void whenFlushed(FlushListener listener);

  /** Closes the connection now, without another byte. */
  void abort();

  /**
   * Closes the connection now and has the client see a reset. Where a connection cannot be reset,
   * and if not overridden, as {@link #abort()}.
   */
  default void reset() {
    abort();
  }

  /**
   * Limits the speed at which the response is sent from now on; timers do it, nothing waits. Does
   * nothing if not overridden.
   *
   * @param bytesPerSecond {@code limit_rate}; 0 for no limit
   * @param after {@code limit_rate_after}: how many bytes of the response are not limited
   */
  default void pace(long bytesPerSecond, long after) {}

  /**
   * Bytes sent for this response so far, head and framing included; those too that are {@linkplain
   * #isLeaving leaving}, until the connection is lost.
   */
  long bytesSent();

  /** Bytes received for this request so far, head included. */
  long bytesReceived();
}
