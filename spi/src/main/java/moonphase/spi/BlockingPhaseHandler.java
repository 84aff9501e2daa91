package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A phase handler that may block, for example on a database: a service carrying {@link HandlerOf}.
 *
 * <p>Called on a virtual thread with a copy of the request, while the exchange is suspended; its
 * decision is applied on the worker. An exception ends the request with 500 and one {@code [error]}
 * line.
 */
@ConsumerType
@FunctionalInterface
public interface BlockingPhaseHandler {
  /**
   * Decides about one request.
   *
   * @throws Exception ends the request with 500
   */
  Decision handle(RequestSnapshot request) throws Exception;
}
