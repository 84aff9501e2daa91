package moonphase.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import moonphase.kernel.conf.Block;
import moonphase.spi.BlockingPhaseHandler;
import moonphase.spi.BodyFilter;
import moonphase.spi.HeaderFilter;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;

/**
 * Where a module acts. Immutable.
 *
 * @param names the modules whose directives or variables mark the blocks it acts in
 * @param isEverywhere whether it acts in every block, marked or not
 * @param isLogOnly whether it only writes down what has happened, so that nothing opens without it
 */
record Reach(Set<String> names, boolean isEverywhere, boolean isLogOnly) {
  /** Of a module that nobody knows. */
  static final Reach NOWHERE = new Reach(Set.of(), false, false);

  boolean includes(Block block) {
    if (isEverywhere) {
      return true;
    }
    for (String name : names) {
      if (block.modules().contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** The reach of every module among these, by name. */
  static Map<String, Reach> table(Collection<Plugin> plugins) {
    Map<String, List<Plugin>> byModule = new LinkedHashMap<>();
    for (Plugin plugin : plugins) {
      if (!plugin.module().isEmpty()) {
        byModule.computeIfAbsent(plugin.module(), name -> new ArrayList<>(2)).add(plugin);
      }
    }
    Map<String, Reach> table = new HashMap<>();
    byModule.forEach((name, parts) -> table.put(name, of(name, parts)));
    return table;
  }

  private static Reach of(String name, List<Plugin> parts) {
    boolean logs = false;
    boolean acts = false;
    boolean isMarked = false;
    for (Plugin part : parts) {
      Object service = part.service();
      boolean handles = service instanceof PhaseHandler || service instanceof BlockingPhaseHandler;
      boolean isLog = handles && part.phase().isPresent() && part.phase().get() == Phase.LOG;
      logs |= isLog;
      acts |= handles && !isLog || service instanceof HeaderFilter || service instanceof BodyFilter;
      isMarked |= service instanceof HttpModule module && !module.isImplicit();
    }
    return new Reach(Set.of(name), (acts || logs) && !isMarked, logs && !acts);
  }
}
