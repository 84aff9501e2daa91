package moonphase.transport.netty;

/** What a connection is at. */
enum ConnectionState {
  /** Waiting for a head, or in the middle of one. */
  HEAD,
  /** A request is being answered. */
  ACTIVE,
  /** A response has ended, the rest of its request's body is dropped, the next request comes. */
  DRAIN,
  /** Nothing more is served; what arrives is dropped. */
  LINGER,
  /** The channel is closed. */
  CLOSED
}
