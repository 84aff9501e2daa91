package moonphase.kernel.variable;

/**
 * What variables show of an exchange beyond {@link moonphase.spi.Exchange}; the exchange is one.
 */
public interface RequestFacts {
  /** The name of the virtual server, for {@code $server_name}; empty for none. */
  String serverName();

  /** Bytes sent to the client for the main request, header and framing included. */
  long bytesSent();

  /** Bytes of the body sent to the client for the main request. */
  long bodyBytesSent();

  /** Bytes received for the main request, head and body. */
  long requestLength();

  /** {@code $limit_rate} of the main request in bytes a second; 0 for no limit. */
  long limitRate();

  /** Sets {@code $limit_rate}. */
  void limitRate(long bytesPerSecond);

  /** Whether the request came in one piece with others behind it. */
  boolean isPipelined();

  /** Whether the connection is to live on after this response. */
  boolean isKeepAlive();

  /** Whether the response was completed: {@code $request_completion}. */
  boolean isCompleted();
}
