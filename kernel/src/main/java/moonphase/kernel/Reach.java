package moonphase.kernel;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
    Map<String, HttpModule> declared = new HashMap<>();
    Map<String, Set<String>> byOrigin = new HashMap<>();
    Map<String, List<Plugin>> byModule = new LinkedHashMap<>();
    for (Plugin plugin : plugins) {
      if (plugin.module().isEmpty()) {
        continue;
      }
      byModule.computeIfAbsent(plugin.module(), name -> new java.util.ArrayList<>()).add(plugin);
      if (plugin.service() instanceof HttpModule module) {
        declared.putIfAbsent(plugin.module(), module);
        byOrigin.computeIfAbsent(plugin.origin(), name -> new HashSet<>()).add(plugin.module());
      }
    }
    Map<String, Reach> table = new HashMap<>();
    byModule.forEach((name, parts) -> table.put(name, of(name, parts, declared, byOrigin)));
    return table;
  }

  private static Reach of(
      String name,
      List<Plugin> parts,
      Map<String, HttpModule> declared,
      Map<String, Set<String>> byOrigin) {
    HttpModule module = declared.get(name);
    boolean logs = false;
    boolean acts = false;
    Set<String> names = new HashSet<>();
    names.add(name);
    boolean isMarked = module != null && !module.isImplicit();
    for (Plugin part : parts) {
      Object service = part.service();
      boolean handles = service instanceof PhaseHandler || service instanceof BlockingPhaseHandler;
      boolean isLog = handles && part.phase().isPresent() && part.phase().get() == Phase.LOG;
      logs |= isLog;
      acts |= handles && !isLog || service instanceof HeaderFilter || service instanceof BodyFilter;
      Set<String> beside = byOrigin.get(part.origin());
      if (module == null && beside != null) {
        names.addAll(beside);
        isMarked = true;
      }
    }
    return new Reach(Set.copyOf(names), (acts || logs) && !isMarked, logs && !acts);
  }
}
