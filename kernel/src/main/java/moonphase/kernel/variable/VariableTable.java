package moonphase.kernel.variable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import moonphase.spi.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The variables that one configuration declares. The reading thread's while the configuration is
 * read; immutable after that, any thread.
 */
public final class VariableTable {
  /** By name, without families. */
  private final Map<String, Variable> variables = new HashMap<>();

  /** The longest prefix first. */
  private final List<Variable> families = new ArrayList<>();

  /** By name: what keeps a value during a request. */
  private final Map<String, Slot> slots = new HashMap<>();

  private final List<Slot> order = new ArrayList<>();

  /** A variable that some text reads or some directive sets, and its place among the values. */
  public static final class Slot {
    private final String name;
    private final int index;
    private @Nullable Variable variable;
    private boolean changeable;

    private Slot(String name, int index) {
      this.name = name;
      this.index = index;
    }

    /** The name in lower case. */
    String name() {
      return name;
    }

    int index() {
      return index;
    }

    Variable variable() {
      return Objects.requireNonNull(variable, name);
    }

    /** Whether its value can be set by whoever gives it values. */
    boolean isChangeable() {
      return changeable;
    }
  }

  /** A table with what the core and modules declare. */
  public VariableTable(Collection<Variable> declared) {
    for (Variable variable : declared) {
      if (variable.isPrefix()) {
        families.add(variable);
      } else {
        variables.put(variable.name(), variable);
      }
    }
    families.sort((a, b) -> b.name().length() - a.name().length());
  }

  /** A variable that is read somewhere; whether it exists is told by {@link #resolve}. */
  public Slot reference(String name) {
    return slots.computeIfAbsent(
        name.toLowerCase(Locale.ROOT),
        key -> {
          Slot slot = new Slot(key, order.size());
          order.add(slot);
          return slot;
        });
  }

  /**
   * Declares a variable that a directive gives values to.
   *
   * @param replacing whether it takes the place of one that can change; otherwise that one stays
   * @return false if there is one that cannot change
   */
  public boolean declare(Variable variable, boolean replacing) {
    Variable known = variables.get(variable.name());
    Slot slot = reference(variable.name());
    if (known == null) {
      variables.put(variable.name(), variable);
      slot.changeable = true;
    }
    if (known == null) {
      return true;
    }
    boolean accepted = slot.changeable || known.setter().isPresent();
    if (accepted && replacing) {
      variables.put(variable.name(), known.setter().map(variable::settable).orElse(variable));
    }
    return accepted;
  }

  /**
   * Finds what the variables are that are read; the name of the first one that is none, or null.
   */
  public @Nullable String resolve() {
    for (Slot slot : order) {
      slot.variable = find(slot.name);
      if (slot.variable == null) {
        return slot.name;
      }
    }
    return null;
  }

  /** A variable or the family that it belongs to; null if there is none. */
  @Nullable Variable find(String name) {
    Variable variable = variables.get(name);
    for (int i = 0; variable == null && i < families.size(); i++) {
      if (name.startsWith(families.get(i).name())) {
        variable = families.get(i);
      }
    }
    return variable;
  }

  /** The place of a variable; null if nothing reads or sets it in the configuration. */
  @Nullable Slot slot(String name) {
    return slots.get(name);
  }

  /** The number of places. */
  int size() {
    return order.size();
  }
}
