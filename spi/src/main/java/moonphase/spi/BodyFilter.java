package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees the pieces of a response's body: a service carrying {@link FilterOf}. Filters run in reverse
 * module order, after the header was sent. Worker thread; must not block.
 */
@ConsumerType
@FunctionalInterface
public interface BodyFilter {
  /**
   * Passes a piece on, changes it or holds it back.
   *
   * @param chunk the filter's from now on
   * @return the piece for the next filter: this one, another one, or {@link Chunk#EMPTY}, flags
   *     kept by the filter; the last piece must stay the last
   * @throws FilterException to give the response up
   */
  Chunk filterBody(Exchange exchange, Chunk chunk) throws FilterException;

  /**
   * Whether this filter has nothing to do where a block is in force, whatever the request, so that
   * it need not be asked there. Any thread; asked once for a block, after the configuration was
   * read.
   */
  default boolean isBodyIdle(ConfBlock block) {
    return false;
  }

  /** Gives a response up; the connection is closed. The filter has logged why. */
  final class FilterException extends Exception {
    private static final long serialVersionUID = 1;

    /** A reason for the debug log. */
    public FilterException(String message) {
      super(message);
    }
  }
}
