package moonphase.kernel.variable;

import moonphase.kernel.variable.VariableTable.Definition;
import moonphase.spi.Exchange;
import moonphase.spi.Variable;
import moonphase.spi.Variables;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one exchange: values that were set or computed. Worker thread only.
 *
 * <p>A subrequest shares, copies or begins anew ({@link moonphase.spi.Subrequest.Sharing}).
 */
public final class ExchangeVariables implements Variables {
  /** In a slot: the variable has no value. */
  private static final Object NO_VALUE = new Object();

  private final VariableTable table;
  private final Exchange exchange;

  /** The value of each variable, NO_VALUE, or null where nothing is known. */
  private final @Nullable Object[] slots;

  /**
   * Variables without a value yet: for a main request, and for a subrequest that begins fresh.
   *
   * @param exchange must implement {@link RequestFacts}
   */
  public ExchangeVariables(VariableTable table, Exchange exchange) {
    this(table, exchange, new Object[table.size()]);
  }

  private ExchangeVariables(VariableTable table, Exchange exchange, @Nullable Object[] slots) {
    this.table = table;
    this.exchange = exchange;
    this.slots = slots;
  }

  /** The variables of a subrequest that shares these. */
  public ExchangeVariables shared(Exchange subrequest) {
    return new ExchangeVariables(table, subrequest, slots);
  }

  /** The variables of a subrequest that begins with a copy of these. */
  public ExchangeVariables copied(Exchange subrequest) {
    return new ExchangeVariables(table, subrequest, slots.clone());
  }

  @Override
  public @Nullable String get(String name) {
    if (VariableTable.isCapture(name)) {
      return capture(name);
    }
    Definition definition = table.find(name);
    if (definition != null) {
      return get(definition);
    }
    Variable family = table.family(name);
    return family == null ? null : family.getter().get(exchange, name);
  }

  /** The value of a variable that was looked up before. */
  @Nullable String get(Definition definition) {
    Object known = slots[definition.index()];
    if (known != null) {
      return known == NO_VALUE ? null : (String) known;
    }
    Variable variable = definition.variable();
    String value = variable.getter().get(exchange, variable.name());
    if (variable.isCacheable()) {
      slots[definition.index()] = value == null ? NO_VALUE : value;
    }
    return value;
  }

  private @Nullable String capture(String name) {
    if (name.length() > 3 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    return exchange
        .request()
        .captures()
        .map(captures -> captures.group(Integer.parseInt(name)))
        .orElse(null);
  }

  @Override
  public Outcome set(String name, @Nullable String value) {
    Definition definition = table.find(name);
    if (definition == null) {
      return Outcome.UNKNOWN;
    }
    if (definition.variable().setter().isPresent()) {
      definition.variable().setter().get().set(exchange, value);
      return Outcome.SET;
    }
    if (!definition.isChangeable()) {
      return Outcome.READ_ONLY;
    }
    slots[definition.index()] = value == null ? NO_VALUE : value;
    return Outcome.SET;
  }
}
