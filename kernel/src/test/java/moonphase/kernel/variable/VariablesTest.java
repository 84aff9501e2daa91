package moonphase.kernel.variable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import moonphase.spi.Captures;
import moonphase.spi.Variable;
import moonphase.spi.Variables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables, what keeps their values, and text made of them. */
class VariablesTest {
  private final List<String> computed = new ArrayList<>();
  private final VariableTable table =
      new VariableTable(
          List.of(
              Variable.cached("kept", this::count),
              Variable.volatileOf("fresh", this::count),
              Variable.family("fam_", (exchange, name) -> "family " + name.substring(4)),
              Variable.family("fam_long_", (exchange, name) -> "longer " + name.substring(9)),
              Variable.cached("none", (exchange, name) -> null)));

  private String count(moonphase.spi.Exchange exchange, String name) {
    computed.add(name);
    return name + computed.size();
  }

  private TextTemplate template(String text) {
    return TextTemplate.compile(text, table::reference);
  }

  private FakeExchange exchange() {
    assertNull(table.resolve());
    return new FakeExchange(table, "/");
  }

  @Test
  void cached_variable_is_computed_once_a_request() {
    TextTemplate text = template("$kept-$kept-$fresh-$fresh");
    assertEquals("kept1-kept1-fresh2-fresh3", text.evaluate(exchange()));
    assertEquals("kept4-kept4-fresh5-fresh6", text.evaluate(exchange()));
  }

  @Test
  void value_that_is_none_is_kept_too() {
    assertTrue(
        table.declare(
            Variable.cached(
                "mine",
                (x, name) -> {
                  computed.add(name);
                  return null;
                }),
            false));
    TextTemplate text = template("<$mine$mine>");
    assertEquals("<>", text.evaluate(exchange()));
    assertEquals(List.of("mine"), computed);
  }

  @Test
  void declared_variable_can_be_set() {
    assertTrue(table.declare(Variable.cached("mine", (x, name) -> "unset"), false));
    FakeExchange exchange = exchange();
    assertEquals("unset", exchange.variables().get("mine"));
    assertEquals(Variables.Outcome.SET, exchange.variables().set("mine", "set"));
    assertEquals("set", exchange.variables().get("mine"));
    assertEquals(Variables.Outcome.SET, exchange.variables().set("mine", null));
    assertNull(exchange.variables().get("mine"));
  }

  @Test
  void variable_that_is_there_is_declared_only_if_it_can_change() {
    assertFalse(table.declare(Variable.cached("kept", (x, name) -> ""), false));
    assertTrue(table.declare(Variable.cached("mine", (x, name) -> "first"), false));
    assertTrue(table.declare(Variable.cached("mine", (x, name) -> "second"), false));
    assertEquals("first", exchange().variables().get("mine"));
  }

  @Test
  void declaration_that_replaces_counts_whatever_came_before() {
    assertFalse(table.declare(Variable.cached("kept", (x, name) -> ""), true));
    assertTrue(table.declare(Variable.cached("mine", (x, name) -> "first"), false));
    assertTrue(table.declare(Variable.cached("mine", (x, name) -> "second"), true));
    assertTrue(table.declare(Variable.cached("mine", (x, name) -> "third"), false));
    assertEquals("second", exchange().variables().get("mine"));
  }

  @Test
  void declared_variable_goes_before_a_family() {
    table.declare(Variable.cached("fam_x", (x, name) -> "own"), false);
    assertEquals("own", exchange().variables().get("fam_x"));
    assertEquals("family y", exchange().variables().get("fam_y"));
  }

  @Test
  void longest_prefix_names_the_family() {
    template("$fam_long_x");
    assertEquals("longer x", exchange().variables().get("fam_long_x"));
    assertEquals("longer y", exchange().variables().get("fam_long_y"));
  }

  @Test
  void first_unknown_variable_is_named() {
    template("$kept $one $two");
    assertEquals("one", table.resolve());
  }

  @Test
  void names_are_read_in_any_case() {
    assertEquals("kept1", template("$KEPT").evaluate(exchange()));
  }

  @Test
  void subrequest_shares_or_copies_values() {
    table.declare(Variable.cached("mine", (x, name) -> null), false);
    FakeExchange parent = exchange();
    ExchangeVariables variables = (ExchangeVariables) parent.variables();
    variables.set("mine", "1");
    FakeExchange child = exchange();
    ExchangeVariables shared = variables.shared(child);
    ExchangeVariables copied = variables.copied(child);
    shared.set("mine", "2");
    copied.set("mine", "3");
    assertEquals("2", variables.get("mine"));
    assertEquals("3", copied.get("mine"));
    assertNull(child.variables().get("mine"));
  }

  @Test
  void variable_made_of_itself_ends_with_an_error() {
    TextTemplate loop = template("<$loop>");
    table.declare(Variable.volatileOf("loop", (x, name) -> loop.evaluate(x)), false);
    FakeExchange exchange = exchange();
    assertEquals("<".repeat(101) + ">".repeat(101), loop.evaluate(exchange));
    assertEquals(List.of("cycle while evaluating variable \"loop\""), exchange.logged);
  }

  @Test
  void captures_are_read_by_number() {
    TextTemplate text = template("[$1|$2|$3|$10]");
    FakeExchange exchange = exchange();
    assertEquals("[|||0]", text.evaluate(exchange));
    exchange.request().captures(Optional.of(new Captures("abc", new int[] {0, 3, 0, 1, -1, -1})));
    assertEquals("[a|||a0]", text.evaluate(exchange));
    assertEquals("abc", exchange.variables().get("0"));
    assertEquals("a", exchange.variables().get("1"));
    assertNull(exchange.variables().get("2"));
    assertNull(exchange.variables().get("1a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "plain text|plain text",
        "$kept|kept1",
        "${kept}|kept1",
        "a${kept}b|akept1b",
        "$kept.html|kept1.html",
        "$kept/$none/$kept|kept1//kept1",
        "$none|",
        "{$kept}|{kept1}"
      })
  void text_is_put_together(String text, String value) {
    assertEquals(value == null ? "" : value, template(text).evaluate(exchange()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$|invalid variable name",
        "a$ b|invalid variable name",
        "$$kept|invalid variable name",
        "${}|invalid variable name",
        "${kept|the closing bracket in \"kept\" variable is missing",
        "${|invalid variable name",
        "${.|the closing bracket in \"\" variable is missing",
        "${kept.}|the closing bracket in \"kept\" variable is missing"
      })
  void variable_that_is_not_written_as_one_is_refused(String text, String message) {
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, () -> template(text)).getMessage());
  }

  @Test
  void text_without_variables_is_constant() {
    assertTrue(template("a").isConstant());
    assertTrue(template("").isConstant());
    assertFalse(template("$kept").isConstant());
    assertEquals("$x", TextTemplate.constant("$x").evaluate(exchange()));
  }
}
