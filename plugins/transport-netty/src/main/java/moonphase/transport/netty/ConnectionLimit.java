package moonphase.transport.netty;

/**
 * How many connections each worker may have. Any thread.
 *
 * <p>Source: ngx_get_connection, ngx_drain_connections. nginx counts a worker's listening sockets
 * and its channel to the master among them.
 */
final class ConnectionLimit {
  private static final int MOST_REUSED = 32;

  private volatile int perWorker = Integer.MAX_VALUE;
  private volatile int listening;

  /** Sets {@code worker_connections}. */
  void perWorker(int count) {
    perWorker = count;
  }

  /** Sets the number of listening addresses. */
  void listening(int count) {
    listening = count;
  }

  /** As set. */
  int perWorker() {
    return perWorker;
  }

  /** How many clients' connections may be added to those that a worker has. */
  int free(int clients) {
    return perWorker - listening - 1 - clients;
  }

  /** Whether so little is left that idle connections are to be closed. */
  boolean isShort(int clients) {
    return free(clients) <= perWorker / 16;
  }

  /** How many of the idle connections are closed at once. */
  static int reused(int idle) {
    return Math.max(Math.min(MOST_REUSED, idle / 8), 1);
  }
}
