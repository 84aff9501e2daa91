package moonphase.kernel.variable;

import java.util.Optional;
import moonphase.spi.Captures;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Variable;
import moonphase.spi.Variables;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one exchange: values that were set or computed. Worker thread only.
 *
 * <p>A subrequest shares, copies or begins anew ({@link moonphase.spi.Subrequest.Sharing}).
 *
 * <p>Source: ngx_http_get_variable, ngx_http_get_indexed_variable.
 */
public final class ExchangeVariables implements Variables {
  /** In the place of a value: it was asked for, and there is none. */
  private static final Object NO_VALUE = new Object();

  /** How deep variables may be made of others. */
  private static final int DEEPEST = 100;

  private final VariableTable table;
  private final Exchange exchange;

  /** By {@link VariableTable.Slot#index}; null: not known yet. */
  private final @Nullable Object[] values;

  private int depth;

  /**
   * Variables without a value yet: for a main request, and for a subrequest that begins fresh.
   *
   * @param exchange must implement {@link RequestFacts} for the variables that need it
   */
  public ExchangeVariables(VariableTable table, Exchange exchange) {
    this(table, exchange, new @Nullable Object[table.size()]);
  }

  private ExchangeVariables(VariableTable table, Exchange exchange, @Nullable Object[] values) {
    this.table = table;
    this.exchange = exchange;
    this.values = values;
  }

  /** The variables of a subrequest that shares these. */
  public ExchangeVariables shared(Exchange subrequest) {
    return new ExchangeVariables(table, subrequest, values);
  }

  /** The variables of a subrequest that begins with a copy of these. */
  public ExchangeVariables copied(Exchange subrequest) {
    return new ExchangeVariables(table, subrequest, values.clone());
  }

  @Override
  public @Nullable String get(String name) {
    if (!name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9') {
      return capture(name);
    }
    VariableTable.Slot slot = table.slot(name);
    if (slot != null) {
      return value(slot);
    }
    Variable variable = table.find(name);
    return variable == null ? null : compute(variable, name);
  }

  private @Nullable String capture(String name) {
    Optional<Captures> captures = exchange.request().captures();
    if (captures.isEmpty() || name.length() > 9) {
      return null;
    }
    int number = 0;
    for (int i = 0; i < name.length(); i++) {
      int digit = name.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      number = number * 10 + digit;
    }
    return captures.get().group(number);
  }

  /** The value in a place. */
  @Nullable String value(VariableTable.Slot slot) {
    Object known = values[slot.index()];
    if (known != null) {
      return known == NO_VALUE ? null : (String) known;
    }
    Variable variable = slot.variable();
    String value = compute(variable, slot.name());
    if (variable.isCacheable()) {
      values[slot.index()] = value == null ? NO_VALUE : value;
    }
    return value;
  }

  private @Nullable String compute(Variable variable, String name) {
    if (depth == DEEPEST) {
      exchange.log().log(LogLevel.ERROR, "cycle while evaluating variable \"" + name + "\"");
      return null;
    }
    depth++;
    try {
      return variable.getter().get(exchange, name);
    } finally {
      depth--;
    }
  }

  @Override
  public Outcome set(String name, @Nullable String value) {
    VariableTable.Slot slot = table.slot(name);
    Variable variable = slot != null ? slot.variable() : table.find(name);
    if (variable == null || (variable.isPrefix() && variable.setter().isEmpty())) {
      return Outcome.UNKNOWN;
    }
    if (variable.setter().isPresent()) {
      variable.setter().get().set(exchange, value);
      return Outcome.SET;
    }
    if (slot == null || !slot.isChangeable()) {
      return Outcome.READ_ONLY;
    }
    values[slot.index()] = value == null ? NO_VALUE : value;
    return Outcome.SET;
  }
}
