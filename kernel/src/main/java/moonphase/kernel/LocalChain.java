package moonphase.kernel;

import java.util.Arrays;
import moonphase.kernel.conf.Block;
import moonphase.spi.BodyFilter;
import moonphase.spi.HeaderFilter;
import moonphase.spi.LogLevel;

/**
 * A chain as one block of the configuration needs it: handlers and filters that are idle there are
 * passed by. Where debug lines are logged nobody is, since they tell of each. Immutable, any
 * thread; nobody changes the arrays.
 *
 * @param next for each position of the chain, the first at or after it that is not idle
 * @param headerFilters those of status and header
 * @param bodyFilters those of the body of each request and subrequest
 * @param mergedFilters those of the body with its subrequests in order
 */
record LocalChain(
    int[] next,
    HeaderFilter[] headerFilters,
    BodyFilter[] bodyFilters,
    BodyFilter[] mergedFilters) {

  /** What of a chain is to be walked in a block. */
  static LocalChain of(Chain chain, Block block) {
    if (block.core().errorLog().isEnabled(LogLevel.DEBUG)) {
      int[] all = new int[chain.steps().length];
      Arrays.setAll(all, i -> i);
      return new LocalChain(all, chain.headerFilters(), chain.bodyFilters(), chain.mergedFilters());
    }
    return new LocalChain(
        next(chain.steps(), block),
        Arrays.stream(chain.headerFilters())
            .filter(filter -> !filter.isHeaderIdle(block))
            .toArray(HeaderFilter[]::new),
        busy(chain.bodyFilters(), block),
        busy(chain.mergedFilters(), block));
  }

  private static int[] next(Step[] steps, Block block) {
    int[] next = new int[steps.length];
    for (int i = steps.length - 1; i >= 0; i--) {
      next[i] = steps[i].handler().isIdle(block) ? next[i + 1] : i;
    }
    return next;
  }

  private static BodyFilter[] busy(BodyFilter[] filters, Block block) {
    return Arrays.stream(filters)
        .filter(filter -> !filter.isBodyIdle(block))
        .toArray(BodyFilter[]::new);
  }
}
