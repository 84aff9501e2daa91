package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees a response's status and header before they are sent: a service carrying {@link FilterOf}.
 * Filters run in reverse module order. Worker thread; must not block.
 */
@ConsumerType
@FunctionalInterface
public interface HeaderFilter {
  /**
   * Looks at, or changes, status and header fields of a response.
   *
   * @return OK or DECLINED: the next filter follows; ERROR: the response is given up and the
   *     connection closed; finish(status): the response of that status is sent instead
   */
  Verdict filterHeader(Exchange exchange);

  /**
   * Whether this filter has nothing to do where a block is in force, whatever the request, so that
   * it need not be asked there. Any thread; asked once for a block, after the configuration was
   * read.
   */
  default boolean isHeaderIdle(ConfBlock block) {
    return false;
  }
}
