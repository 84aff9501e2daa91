package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import moonphase.kernel.variable.CoreVariables;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The modules that a configuration is read with. Immutable.
 *
 * <p>A module that has gone can be kept as absent: its directives are still understood, so that the
 * rest of the configuration is read as before, but set nothing. {@link Block#modules} tells which
 * blocks need it. Nothing of the module's own classes is kept then.
 */
public final class ModuleSet {
  /** The name of the module that is always there. */
  static final String CORE = "core";

  private final Map<String, HttpModule> modules;
  private final Set<String> absent;
  private final Map<String, List<Declared>> directives = new LinkedHashMap<>();
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, String> moduleOfVariable = new LinkedHashMap<>();
  private final List<String> conflicts = new ArrayList<>();

  /**
   * A directive and the module that declares it.
   *
   * @param module the module's name
   * @param directive what it declares
   */
  record Declared(String module, Directive<?> directive) {}

  private ModuleSet(Map<String, HttpModule> modules, Set<String> absent) {
    this.modules = modules;
    this.absent = absent;
    declare(CORE, CoreModule.directives());
    declare(CORE, ProcessDirectives.ALL);
    declare(CORE, Sections.DIRECTIVES);
    CoreVariables.ALL.forEach(variable -> variables.put(variable.name(), variable));
    modules.values().forEach(this::declare);
    for (Directive<?> directive : WithoutEffect.ALL) {
      if (!directives.containsKey(directive.name())) {
        declare(CORE, List.of(directive));
      }
    }
  }

  /**
   * The core module and these; of two with one name, and of two directives with one name on one
   * level, the first counts and the other is a conflict.
   */
  public static ModuleSet of(Collection<? extends HttpModule> present) {
    Map<String, HttpModule> byName = new LinkedHashMap<>();
    List<String> twice = new ArrayList<>();
    for (HttpModule module : present) {
      if (byName.putIfAbsent(module.name(), module) != null) {
        twice.add("module \"" + module.name() + "\" is there twice");
      }
    }
    ModuleSet set = new ModuleSet(byName, Set.of());
    set.conflicts.addAll(twice);
    return set;
  }

  /** These modules; those of {@code earlier} that are not among them stay as absent. */
  public static ModuleSet of(Collection<? extends HttpModule> present, ModuleSet earlier) {
    ModuleSet now = of(present);
    Map<String, HttpModule> all = new LinkedHashMap<>(now.modules);
    Set<String> gone = new LinkedHashSet<>();
    earlier.modules.forEach((name, module) -> {
      if (!all.containsKey(name)) {
        all.put(name, AbsentModule.of(module));
        gone.add(name);
      }
    });
    ModuleSet set = new ModuleSet(all, gone);
    set.conflicts.addAll(now.conflicts);
    return set;
  }

  private void declare(HttpModule module) {
    declare(module.name(), module.directives());
    for (Variable variable : module.variables()) {
      if (variables.putIfAbsent(variable.name(), variable) == null) {
        moduleOfVariable.put(variable.name(), module.name());
      } else {
        conflicts.add(
            "variable \""
                + variable.name()
                + "\" of module \""
                + module.name()
                + "\" is declared already");
      }
    }
  }

  private void declare(String module, List<? extends Directive<?>> declared) {
    for (Directive<?> directive : declared) {
      List<Declared> same =
          directives.computeIfAbsent(directive.name(), name -> new ArrayList<>(1));
      Optional<Declared> other =
          same.stream()
              .filter(d -> !Collections.disjoint(d.directive.levels(), directive.levels()))
              .findFirst();
      if (other.isPresent()) {
        conflicts.add(
            "directive \""
                + directive.name()
                + "\" of module \""
                + module
                + "\" is module \""
                + other.get().module
                + "\"'s already");
      }
      same.add(new Declared(module, directive));
    }
  }

  /** The names of all modules, absent ones included, the core module not. */
  public Set<String> names() {
    return modules.keySet();
  }

  /** The names of the modules that have gone. */
  public Set<String> absent() {
    return absent;
  }

  /** What could not be taken as it was declared, one sentence each; empty if all is well. */
  public List<String> conflicts() {
    return List.copyOf(conflicts);
  }

  /** The directives of that name, in the order of modules. */
  List<Declared> directives(String name) {
    return directives.getOrDefault(name, List.of());
  }

  /** All directives. */
  Collection<List<Declared>> directives() {
    return directives.values();
  }

  /** The module whose variable or family of variables that is; null for the core's and others. */
  @Nullable String moduleOfVariable(String name) {
    String module = moduleOfVariable.get(name);
    if (module != null) {
      return module;
    }
    for (Map.Entry<String, String> entry : moduleOfVariable.entrySet()) {
      Variable variable = variables.get(entry.getKey());
      if (variable != null && variable.isPrefix() && name.startsWith(entry.getKey())) {
        return entry.getValue();
      }
    }
    return null;
  }

  /** The variables that the core and modules declare. */
  Collection<Variable> variables() {
    return variables.values();
  }
}
