package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes the requests of a listener. Worker thread; must not block. */
@ConsumerType
public interface HttpHandler {
  /**
   * A request head was read, or could not be ({@link RequestHead#status()}). The next request of
   * the connection follows when this one's stream has ended.
   */
  void request(HttpStream stream);

  /**
   * Something about a connection that belongs into the error log and has no request to stand with,
   * for example a header line that is left out. Does nothing if not overridden.
   *
   * @param connection whose it is
   * @param level the line's level
   * @param message in nginx's words, with what was going on: {@code client timed out (110:
   *     Connection timed out) while waiting for request}
   * @param line the request line read so far; empty for none
   */
  default void note(Connection connection, LogLevel level, String message, String line) {}

  /**
   * Something about a worker and its sockets that belongs into the error log and has no connection
   * to stand with. Does nothing if not overridden.
   *
   * @param worker whose thread this is
   * @param level the line's level
   * @param message in nginx's words, for example {@code 512 worker_connections are not enough}
   */
  default void note(Worker worker, LogLevel level, String message) {}
}
