package moonphase.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import moonphase.kernel.conf.Configuration;
import moonphase.spi.BodyFilter;
import moonphase.spi.HeaderFilter;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;

/**
 * Lets new requests see a configuration with the modules that are there, and keeps closed what uses
 * one that is not. The control thread's.
 */
final class Publisher {
  private final Departures departures;

  /** Modules that were seen with a handler in LOG, and those with any other part. */
  private final Set<String> logs = new HashSet<>();

  private final Set<String> acts = new HashSet<>();

  Publisher(Departures departures) {
    this.departures = departures;
  }

  /** Remembers what the modules do, for the time when they are not there. */
  void note(List<Plugin> plugins) {
    for (Plugin plugin : plugins) {
      if (plugin.phase().isPresent() && plugin.phase().get() == Phase.LOG) {
        logs.add(plugin.module());
      } else if (plugin.phase().isPresent()
          || plugin.service() instanceof HeaderFilter
          || plugin.service() instanceof BodyFilter) {
        acts.add(plugin.module());
      }
    }
  }

  /**
   * Makes the next cycle of a generation.
   *
   * @param absent modules that the configuration needs and that are not there
   */
  void publish(
      KernelGeneration generation, Configuration configuration, Offer offer, Set<String> absent) {
    Cycle.Closed closed = closed(generation, offer, absent);
    Cycle.Closed before = generation.cycle().closed();
    for (String module : closed.modules()) {
      if (!before.modules().contains(module)) {
        generation.warnOfAbsent(module);
      }
    }
    Cycle next = new Cycle(generation, configuration, new Chain(offer.plugins()), closed);
    generation.publish(next);
    departures.published(next);
  }

  private Cycle.Closed closed(KernelGeneration generation, Offer offer, Set<String> absent) {
    Cycle.Closed closed = Cycle.Closed.NOTHING;
    Set<String> awaited = new HashSet<>();
    for (Closing closing : offer.closings()) {
      boolean isInTime = closing.millis() < generation.moduleSwapTimeout();
      closed = closed.and(closing.reach(), isInTime || !closing.reach().isLogOnly());
      if (isInTime) {
        awaited.addAll(closing.reach().names());
      }
    }
    for (String module : absent) {
      if (awaited.contains(module)) {
        continue;
      }
      if (logs.contains(module) && !acts.contains(module)) {
        generation.log().log(
            LogLevel.ALERT, "module \"" + module + "\" is not there, it logs nothing");
      } else {
        closed = closed.and(new Reach(Set.of(module), false, false), true);
      }
    }
    return closed;
  }
}
