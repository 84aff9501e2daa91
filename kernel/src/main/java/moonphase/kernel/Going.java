package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Services that leave together, and which requests they must be kept for. Immutable, any thread.
 *
 * @param plugins the services
 * @param modules the names of their modules, sorted, for messages
 * @param asker the thread that has them leave: a request that is handled on it does not keep them
 */
record Going(List<Plugin> plugins, List<String> modules, Thread asker)
    implements Predicate<KernelExchange> {
  /** What this thread has leave. */
  static Going of(List<Plugin> plugins) {
    List<String> modules =
        plugins.stream().map(Plugin::module).filter(m -> !m.isEmpty()).distinct().sorted().toList();
    return new Going(List.copyOf(plugins), modules, Thread.currentThread());
  }

  /**
   * Whether an open request is on one of these, or on a subrequest that is. Its worker's thread.
   */
  @Override
  public boolean test(KernelExchange exchange) {
    if (exchange.isHeld() || exchange.calls().isOn(asker)) {
      return false;
    }
    Set<String> seen = new HashSet<>();
    Chain chain = exchange.cycle().chain();
    for (Plugin plugin : plugins) {
      if (!plugin.module().isEmpty()
          && chain.has(plugin)
          && seen.add(plugin.module())
          && exchange.uses(chain.reach(plugin.module()), plugin)) {
        return true;
      }
    }
    for (KernelExchange child : exchange.ending().subrequests()) {
      if (test(child)) {
        return true;
      }
    }
    return false;
  }

  /** The handlers of these that a request waits for, for messages; empty if it waits for none. */
  String waitedFor(KernelExchange exchange) {
    List<String> names = new ArrayList<>();
    exchange.calls().waitedFor().ifPresent(step -> names.add(step.handlerName()));
    for (KernelExchange child : exchange.ending().subrequests()) {
      child.calls().waitedFor().ifPresent(step -> names.add(step.handlerName()));
    }
    return String.join(", ", names);
  }
}
