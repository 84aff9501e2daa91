package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One step of one phase: a service carrying {@link HandlerOf}.
 *
 * <p>Called on the worker thread of the exchange; must not block. A handler that has to wait calls
 * {@link Exchange#suspend()}, returns {@link Verdict#SUSPENDED} and is not entered again: it ends
 * by {@link Suspension#conclude}. An exception ends the request with 500 and one {@code [error]}
 * line with the module's name.
 */
@ConsumerType
@FunctionalInterface
public interface PhaseHandler {
  /**
   * Decides about one request.
   *
   * @param exchange the request under way
   * @return see the table in {@link Verdict}
   */
  Verdict handle(Exchange exchange);

  /**
   * Whether this handler has nothing to do where a block is in force, whatever the request, so that
   * it need not be asked there. Any thread; asked once for a block, after the configuration was
   * read.
   */
  default boolean isIdle(ConfBlock block) {
    return false;
  }
}
