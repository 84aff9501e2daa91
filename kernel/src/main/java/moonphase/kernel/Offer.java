package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import moonphase.kernel.conf.Configuration;
import moonphase.spi.GenerationListener;
import moonphase.spi.HttpModule;

/**
 * What a server can be made of at one moment. Immutable.
 *
 * @param plugins the modules that are complete, with their handlers and filters
 * @param listeners who is told of generations, also of modules that lack another part
 * @param closings what requests wait for
 */
record Offer(List<Plugin> plugins, List<GenerationListener> listeners, List<Closing> closings) {
  /** Everything, complete. */
  static Offer of(List<Plugin> plugins) {
    return new Offer(List.copyOf(plugins), listeners(plugins), List.of());
  }

  /** The listeners among services. */
  static List<GenerationListener> listeners(Iterable<Plugin> plugins) {
    List<GenerationListener> told = new ArrayList<>();
    for (Plugin plugin : plugins) {
      if (plugin.service() instanceof GenerationListener listener) {
        told.add(listener);
      }
    }
    return List.copyOf(told);
  }

  /** This without some services. */
  Offer without(Predicate<Plugin> unwanted) {
    List<Plugin> rest = new ArrayList<>();
    List<GenerationListener> told = new ArrayList<>(listeners);
    for (Plugin plugin : plugins) {
      if (!unwanted.test(plugin)) {
        rest.add(plugin);
      } else if (plugin.service() instanceof GenerationListener listener) {
        told.removeIf(one -> one == listener);
      }
    }
    return new Offer(List.copyOf(rest), List.copyOf(told), closings);
  }

  /** Whether a list holds a listener, by identity. */
  static boolean holds(List<GenerationListener> all, GenerationListener one) {
    for (GenerationListener listener : all) {
      if (listener == one) {
        return true;
      }
    }
    return false;
  }

  /** Whether this holds a listener that would start a generation beside those that were told. */
  boolean startsGeneration(List<GenerationListener> told) {
    return listeners.stream().anyMatch(l -> l.startsGeneration() && !holds(told, l));
  }

  /** This without the modules of listeners that a generation has not told anything. */
  Offer withoutUntold(List<GenerationListener> told) {
    List<GenerationListener> rest = new ArrayList<>(listeners);
    rest.removeIf(listener -> !holds(told, listener));
    Set<String> modules = new HashSet<>();
    for (Plugin plugin : plugins) {
      if (plugin.service() instanceof GenerationListener l && !holds(rest, l)) {
        modules.add(plugin.module());
      }
    }
    List<Plugin> others = new ArrayList<>(plugins);
    others.removeIf(plugin -> modules.contains(plugin.module()));
    return new Offer(List.copyOf(others), List.copyOf(rest), closings);
  }

  /** This without the modules that the configuration could not be read with. */
  Offer servedBy(Configuration configuration) {
    Map<HttpModule, String> refused = configuration.modules().refused();
    if (refused.isEmpty()) {
      return this;
    }
    List<Plugin> served = new ArrayList<>(plugins);
    for (Plugin plugin : plugins) {
      if (plugin.service() instanceof HttpModule module && refused.containsKey(module)) {
        served.removeIf(
            part -> part.module().equals(plugin.module()) && part.origin().equals(plugin.origin()));
      }
    }
    return new Offer(List.copyOf(served), listeners, closings);
  }
}
