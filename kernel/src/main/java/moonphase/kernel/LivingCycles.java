package moonphase.kernel;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import moonphase.spi.Worker;

/** The cycles of the generations that live, in words. Any thread but a worker's; blocks. */
final class LivingCycles {
  /** How long a worker may take to count its requests. */
  private static final long COUNT_MILLIS = 1_000;

  /** How many main requests of a cycle run, and how many wait for a module. */
  private record Count(int open, int held) {
    Count and(Count other) {
      return new Count(open + other.open, held + other.held);
    }
  }

  private LivingCycles() {}

  /**
   * A line for each generation, and one for each of its cycles that is the current one or has
   * requests.
   */
  static String describe(List<KernelGeneration> generations) {
    StringBuilder text = new StringBuilder();
    for (KernelGeneration generation : generations) {
      text.append("generation ")
          .append(generation.number())
          .append(generation.isExiting() ? ": exiting\n" : ": serving\n");
      describe(generation, text);
    }
    return text.toString();
  }

  private static void describe(KernelGeneration generation, StringBuilder text) {
    Map<Cycle, Count> total = new IdentityHashMap<>();
    total.put(generation.cycle(), new Count(0, 0));
    List<CompletableFuture<Map<Cycle, Count>>> counting = new ArrayList<>();
    for (Worker worker : generation.workers()) {
      CompletableFuture<Map<Cycle, Count>> counted = new CompletableFuture<>();
      counting.add(counted);
      worker.execute(() -> counted.complete(count(generation.open(worker))));
    }
    StringBuilder silent = new StringBuilder();
    for (int i = 0; i < counting.size(); i++) {
      try {
        counting
            .get(i)
            .get(COUNT_MILLIS, TimeUnit.MILLISECONDS)
            .forEach((cycle, count) -> total.merge(cycle, count, Count::and));
      } catch (TimeoutException e) {
        silent
            .append("  worker ")
            .append(i)
            .append(" does not answer, its requests are not counted\n");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    total.entrySet().stream()
        .sorted((a, b) -> Integer.compare(a.getKey().number(), b.getKey().number()))
        .forEach(entry ->
            text.append("  cycle ")
                .append(entry.getKey().number())
                .append(entry.getKey() == generation.cycle() ? " (current): " : ": ")
                .append(entry.getValue().open)
                .append(" open, ")
                .append(entry.getValue().held)
                .append(" held\n"));
    text.append(silent);
  }

  private static Map<Cycle, Count> count(OpenRequests open) {
    Map<Cycle, Count> counts = new IdentityHashMap<>();
    for (KernelExchange exchange : open.all(exchange -> true)) {
      Count one = exchange.isHeld() ? new Count(0, 1) : new Count(1, 0);
      counts.merge(exchange.cycle(), one, Count::and);
    }
    return counts;
  }
}
