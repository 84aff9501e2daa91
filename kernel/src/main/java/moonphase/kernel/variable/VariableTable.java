package moonphase.kernel.variable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import moonphase.spi.ConfException;
import moonphase.spi.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The variables that one configuration declares. Immutable once the configuration was read; any
 * thread then.
 */
public final class VariableTable {
  private final Map<String, Definition> byName = new HashMap<>();
  private final List<Variable> families = new ArrayList<>();
  private final Set<String> used = new LinkedHashSet<>();

  /**
   * A variable of this configuration.
   *
   * @param index its slot in an exchange
   * @param variable how it is computed and set
   * @param isChangeable whether a value can be put into the slot
   */
  record Definition(int index, Variable variable, boolean isChangeable) {}

  /** The table of a configuration about to be read; the core module's variables are in it. */
  public VariableTable() {
    for (Variable variable : CoreVariables.all()) {
      add(variable);
    }
  }

  /** Adds what a module declares; false if there is one of that name. */
  public boolean add(Variable variable) {
    if (variable.isPrefix()) {
      families.add(variable);
      return true;
    }
    return byName.putIfAbsent(variable.name(), definition(variable, false)) == null;
  }

  private Definition definition(Variable variable, boolean changeable) {
    return new Definition(byName.size(), variable, changeable);
  }

  /**
   * Declares a variable that can be set; a second time changes nothing.
   *
   * @param unset gives its value as long as none was set
   * @return false if one of that name is there that cannot be set
   */
  public boolean declare(String name, Variable.Getter unset) {
    Definition known = byName.get(name);
    if (known != null) {
      return known.isChangeable || known.variable.setter().isPresent();
    }
    Variable variable = new Variable(name, false, false, unset, Optional.empty());
    byName.put(name, definition(variable, true));
    return true;
  }

  /** Notes that the configuration reads a variable, to be checked at its end. */
  void use(String name) {
    used.add(name);
  }

  /**
   * Checks that every variable that is read was declared somewhere.
   *
   * @throws ConfException {@code unknown "x" variable}
   */
  public void check() {
    for (String name : used) {
      if (!isKnown(name)) {
        throw new ConfException("unknown \"" + name + "\" variable");
      }
    }
  }

  /** Whether a variable of that name can be read; families and captures are counted in. */
  public boolean isKnown(String name) {
    return find(name) != null || family(name) != null || isCapture(name);
  }

  static boolean isCapture(String name) {
    return !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
  }

  @Nullable Definition find(String name) {
    return byName.get(name);
  }

  /** The family with the longest prefix of a name. */
  @Nullable Variable family(String name) {
    Variable best = null;
    for (Variable family : families) {
      if (name.startsWith(family.name())
          && (best == null || family.name().length() > best.name().length())) {
        best = family;
      }
    }
    return best;
  }

  /** The number of slots. */
  int size() {
    return byName.size();
  }
}
