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
}
