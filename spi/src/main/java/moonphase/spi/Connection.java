package moonphase.spi;

import java.net.SocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/** A client's connection. Worker thread only. */
@ProviderType
public interface Connection {
  /** Its serial number in this process, as {@code *1} in log lines. */
  long number();

  /** When it was accepted, in milliseconds since the epoch. */
  long startMillis();

  /** The number of requests that came on it, this one included. */
  int requests();

  /** The client's address. */
  SocketAddress remote();

  /** The server's address. */
  SocketAddress local();

  /**
   * The address whose socket took the connection, as nginx writes it: {@code 0.0.0.0:80}, {@code
   * unix:/path}.
   */
  String listening();

  /** The worker that runs everything of this connection. */
  Worker worker();

  /** Whether the client has closed, as far as is known. */
  boolean isClosed();

  /**
   * Has something run when the client closes before the current response was completed.
   *
   * @param abort runs on the worker thread; must not block
   */
  void onAbort(Runnable abort);
}
