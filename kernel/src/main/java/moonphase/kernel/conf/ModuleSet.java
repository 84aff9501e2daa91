package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private final Map<HttpModule, String> refused = new IdentityHashMap<>();

  /**
   * A directive and the module that declares it.
   *
   * @param module the module's name
   * @param directive what it declares
   */
  record Declared(String module, Directive<?> directive) {}

  private ModuleSet(Collection<? extends HttpModule> present, Map<String, AbsentModule> gone) {
    modules = new LinkedHashMap<>();
    declare(CORE, CoreModule.directives());
    declare(CORE, ProcessDirectives.ALL);
    declare(CORE, Sections.DIRECTIVES);
    CoreVariables.ALL.forEach(variable -> variables.put(variable.name(), variable));
    for (HttpModule module : present) {
      String conflict = conflict(module);
      if (conflict.isEmpty()) {
        add(module);
      } else {
        refused.put(module, conflict);
      }
    }
    Set<String> kept = new LinkedHashSet<>();
    gone.forEach((name, module) -> {
      if (!modules.containsKey(name)) {
        add(module);
        kept.add(name);
      }
    });
    absent = Collections.unmodifiableSet(kept);
    for (Directive<?> directive : WithoutEffect.ALL) {
      if (!directives.containsKey(directive.name())) {
        declare(CORE, List.of(directive));
      }
    }
  }

  /**
   * The core module and these. Of two with one name, and of two that declare the same directive on
   * one level or the same variable, the first counts and the other is refused.
   */
  public static ModuleSet of(Collection<? extends HttpModule> present) {
    return new ModuleSet(present, Map.of());
  }

  /** These modules; those of {@code earlier} that are not among them stay as absent. */
  public static ModuleSet of(Collection<? extends HttpModule> present, ModuleSet earlier) {
    Set<String> names = new HashSet<>();
    present.forEach(module -> names.add(module.name()));
    Map<String, AbsentModule> gone = new LinkedHashMap<>();
    earlier.modules.forEach((name, module) -> {
      if (!names.contains(name) || module instanceof AbsentModule) {
        gone.put(name, AbsentModule.of(module));
      }
    });
    return new ModuleSet(present, gone);
  }

  private void add(HttpModule module) {
    modules.put(module.name(), module);
    declare(module.name(), module.directives());
    for (Variable variable : module.variables()) {
      if (variables.putIfAbsent(variable.name(), variable) == null) {
        moduleOfVariable.put(variable.name(), module.name());
      }
    }
  }

  /** Why a module cannot be taken beside those that were; empty if it can. */
  private String conflict(HttpModule module) {
    if (modules.containsKey(module.name())) {
      return "module \"" + module.name() + "\" is there twice";
    }
    for (Directive<?> directive : module.directives()) {
      for (Declared other : directives(directive.name())) {
        if (!Collections.disjoint(other.directive.levels(), directive.levels())) {
          return "directive \""
              + directive.name()
              + "\" is module \""
              + other.module
              + "\"'s already";
        }
      }
    }
    for (Variable variable : module.variables()) {
      if (variables.containsKey(variable.name())) {
        String owner = moduleOfVariable.getOrDefault(variable.name(), CORE);
        return "variable \"" + variable.name() + "\" is module \"" + owner + "\"'s already";
      }
    }
    return "";
  }

  private void declare(String module, List<? extends Directive<?>> declared) {
    for (Directive<?> directive : declared) {
      directives
          .computeIfAbsent(directive.name(), name -> new ArrayList<>(1))
          .add(new Declared(module, directive));
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

  /** The modules that could not be taken, and why; empty if all is well. */
  public Map<HttpModule, String> refused() {
    return Collections.unmodifiableMap(refused);
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
