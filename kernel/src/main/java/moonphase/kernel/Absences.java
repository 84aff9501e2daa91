package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import moonphase.spi.HttpModule;
import org.osgi.framework.Bundle;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * What has left and is expected back: bundles that are updated or refreshed, and parts of bundles
 * that go on, whose own need has left for a while. What its owner stops or uninstalls is not
 * expected.
 *
 * <p>Threads: any.
 */
final class Absences {
  private record Part(String bundle, String name) {}

  private final ConcurrentMap<Long, List<Closing>> bundles = new ConcurrentHashMap<>();
  private final ConcurrentMap<Part, Closing> parts = new ConcurrentHashMap<>();

  Absences() {}

  /** Whether a bundle that stops is to be started again: its owner has not stopped it. */
  static boolean returns(Bundle bundle) {
    if (bundle.getLocation().startsWith(LoadedJars.LOCATION)
        && bundle.getState() != Bundle.UNINSTALLED) {
      return true; // started for this run only, and uninstalled when it is not wanted any more
    }
    try {
      BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
      return level != null && level.isPersistentlyStarted();
    } catch (IllegalStateException | IllegalArgumentException e) {
      return false; // it is uninstalled: the second is Felix's way to say so
    }
  }

  /**
   * Takes note of services that leave, and marks them.
   *
   * @param reach where each module acted as long as they were there
   */
  void leave(Bundle bundle, List<Plugin> gone, Map<String, Reach> reach) {
    boolean isStopping = bundle.getState() == Bundle.STOPPING;
    boolean returns = returns(bundle);
    Map<String, Closing> closings = new LinkedHashMap<>();
    long now = System.nanoTime();
    for (Plugin plugin : gone) {
      Reach where = reach.getOrDefault(plugin.module(), Reach.NOWHERE);
      if (isStopping && returns) {
        closings.put(plugin.module(), new Closing(where, now, reason(plugin, "is being replaced")));
      } else if (!isStopping || isHalf(plugin, gone, where)) {
        parts.put(
            part(bundle, plugin),
            new Closing(
                where, now, reason(plugin, "lacks " + plugin.service().getClass().getName())));
      }
      plugin.presence().leaving(returns || !isStopping);
    }
    if (!closings.isEmpty()) {
      bundles.put(bundle.getBundleId(), List.copyOf(closings.values()));
    }
  }

  /** Whether the rest of a module stays, with directives that nobody would serve. */
  private static boolean isHalf(Plugin plugin, List<Plugin> gone, Reach where) {
    return !plugin.module().isEmpty()
        && !where.isEverywhere()
        && gone.stream()
            .noneMatch(
                p -> p.service() instanceof HttpModule && where.names().contains(p.module()));
  }

  private static String reason(Plugin plugin, String what) {
    return plugin.module().isEmpty()
        ? "a listener of bundle " + plugin.origin() + " " + what
        : plugin.described() + " " + what;
  }

  private static Part part(Bundle bundle, Plugin plugin) {
    return new Part(
        String.valueOf(bundle.getSymbolicName()),
        plugin.service().getClass().getName() + plugin.phase().map(p -> " in " + p).orElse(""));
  }

  /** A service came. */
  void came(Bundle bundle, Plugin plugin) {
    parts.remove(part(bundle, plugin));
  }

  /** A bundle has started, and registered what it can. */
  void started(Bundle bundle) {
    bundles.remove(bundle.getBundleId());
    parts.keySet().removeIf(part -> part.bundle.equals(bundle.getSymbolicName()));
  }

  /** A bundle was stopped by its owner or uninstalled; returns whether anything was expected. */
  boolean stoppedForGood(Bundle bundle) {
    boolean changed = bundles.remove(bundle.getBundleId()) != null;
    for (Map.Entry<Part, Closing> entry : new HashMap<>(parts).entrySet()) {
      if (entry.getKey().bundle.equals(bundle.getSymbolicName())
          && entry.getValue().reach().isEverywhere()) {
        changed |= parts.remove(entry.getKey()) != null;
      }
    }
    return changed;
  }

  /** What is expected. */
  List<Closing> closings() {
    List<Closing> all = new ArrayList<>(parts.values());
    bundles.values().forEach(all::addAll);
    return all;
  }
}
