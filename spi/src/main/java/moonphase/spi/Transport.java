package moonphase.spi;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** Event loops, sockets and HTTP on the wire: a service. Methods may be called from any thread. */
@ConsumerType
public interface Transport {
  /**
   * The workers, started if they were not; the same ones each time, more when more are asked for.
   *
   * @param count 1 or more
   */
  List<Worker> workers(int count);

  /**
   * Binds an address and accepts connections on it, spread over the workers. Blocks until bound.
   *
   * @param workers those that serve it
   * @param handler gets the requests
   * @throws IOException if it cannot be bound; the message is the system's, for example {@code
   *     Address already in use}
   */
  Listener bind(ListenAddress address, List<Worker> workers, HttpHandler handler)
      throws IOException;

  /**
   * Limits the clients' connections from now on; what is open stays. Beyond the limit idle
   * connections are closed, and if there is none, the new one is. Does nothing if not overridden,
   * for a transport without sockets.
   *
   * @param perWorker {@code worker_connections}, among which nginx counts a worker's listening
   *     sockets and its channel to the master
   */
  default void limitConnections(int perWorker) {}

  /**
   * Ends: closes what is open and stops the workers. Blocks until their threads have ended. Workers
   * asked for after that are new ones.
   *
   * @param graceMillis how long connections may go on; 0 closes at once
   */
  void shutdown(long graceMillis);

  /** A bound address. Any thread. */
  @ProviderType
  interface Listener {
    /** The address as configured. */
    ListenAddress address();

    /** The port that was bound, also where 0 was asked for; -1 for a unix socket. */
    int port();

    /** Hands requests on new and kept-alive connections to another handler from now on. */
    void handler(HttpHandler handler);

    /**
     * Goes over to another reading of the same address: its handler, its limits for new
     * connections, and more workers than before. What only a new socket could have stays as it is.
     */
    default void reconfigure(ListenAddress next, List<Worker> workers, HttpHandler handler) {
      handler(handler);
    }

    /** Stops accepting; connections live on, idle ones are closed. */
    void close();
  }
}
