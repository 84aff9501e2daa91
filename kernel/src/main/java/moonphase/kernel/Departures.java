package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import moonphase.spi.GenerationListener;

/**
 * Lets services leave a server without a request losing one that it is on: first {@link #close},
 * then {@link #drain}.
 */
final class Departures {
  /** How long requests that are ended, and listeners, may take for it. */
  private static final long END_MILLIS = 1_000;

  private final Generations generations;

  /** Modules that went and are not back, by their names; empty if nobody records. */
  private final Map<List<String>, SwapEvent> swapping = new ConcurrentHashMap<>();

  Departures(Generations generations) {
    this.generations = generations;
  }

  /** Lets no new request meet services that leave. Any thread, does not block. */
  void close(Going going) {
    generations.current().ifPresent(serving -> close(serving, going));
  }

  private void close(KernelGeneration serving, Going going) {
    SwapEvent swap = new SwapEvent(going);
    Set<String> closed = serving.cycle().closed().modules();
    generations.all().forEach(KernelGeneration::withoutGone);
    for (String module : going.modules()) {
      if (!closed.contains(module)) {
        serving.warnOfAbsent(module);
      }
    }
    if (swap.isEnabled() && !going.modules().isEmpty()) {
      swap.closed();
      swapping.put(going.modules(), swap);
    }
  }

  /**
   * Waits until no request is on services that leave, at most {@code module_swap_timeout}; what is
   * left then is ended. Then nobody calls them any more. Any thread but a worker's.
   */
  void drain(Going going) {
    if (!going.modules().isEmpty()) {
      generations.current().ifPresent(serving -> drain(going, serving.moduleSwapTimeout()));
    }
  }

  private void drain(Going going, long limit) {
    if (!Generations.await(generations.whenNone(going), limit)) {
      generations.endRequests(going, exchange -> ended(going, exchange));
      Generations.await(generations.whenNone(going), END_MILLIS);
    }
    going.plugins().forEach(plugin -> plugin.presence().left());
    // what came to a place of theirs since the last look
    Generations.await(generations.whenNone(going), END_MILLIS);
    swapping.computeIfPresent(
        going.modules(),
        (modules, swap) -> {
          swap.waited();
          return swap;
        });
    dismiss(going);
  }

  private static String ended(Going going, KernelExchange exchange) {
    String waits = going.waitedFor(exchange);
    return "module \""
        + String.join("\", \"", going.modules())
        + "\" goes, the request on it is ended"
        + (waits.isEmpty() ? "" : "; it waited for the " + waits);
  }

  /** Ends generations for listeners that leave. */
  private void dismiss(Going going) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Plugin plugin : going.plugins()) {
      if (plugin.service() instanceof GenerationListener listener && listener.startsGeneration()) {
        generations.all().forEach(generation -> all.add(generation.dismiss(listener)));
      }
    }
    Generations.await(all, END_MILLIS);
  }

  /** Records which of those that went are back. Any thread. */
  void published(Cycle cycle) {
    if (swapping.isEmpty()) {
      return;
    }
    Set<String> open = new HashSet<>();
    cycle.chain().plugins().forEach(plugin -> open.add(plugin.module()));
    open.removeAll(cycle.closed().modules());
    swapping.values().removeIf(swap -> swap.isReopened(open));
  }
}
