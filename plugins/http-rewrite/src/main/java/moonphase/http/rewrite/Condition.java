package moonphase.http.rewrite;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.Template;

/**
 * What stands between the brackets of {@code if}.
 *
 * <p>Source: ngx_http_rewrite_if_condition.
 */
@FunctionalInterface
interface Condition {
  /**
   * Whether it holds. Worker thread; the file tests ask the disk.
   *
   * @throws moonphase.spi.RegexException if a matcher gave up; its line is written
   */
  boolean test(Exchange exchange);

  /** Reads a condition with nginx's complaints. */
  static Condition read(Arguments args) {
    List<String> words = words(args);
    String first = words.get(0);
    if (first.length() > 1 && first.startsWith("$")) {
      if (words.size() != 1 && words.size() != 3) {
        throw args.error("invalid condition \"" + first + "\"");
      }
      Template variable = variable(args, first.substring(1));
      return words.size() == 1
          ? exchange -> isTrue(variable.evaluate(exchange))
          : comparison(args, variable, words.get(1), words.get(2));
    }
    boolean isNegative = first.startsWith("!-");
    if (words.size() == 2 && (first.startsWith("-") || isNegative)) {
      FileTest test = FileTest.of(first.substring(isNegative ? 2 : 1));
      if (test != null) {
        Value name = new Value(args, words.get(1), false);
        return exchange -> test.holds(exchange, name.evaluate(exchange)) != isNegative;
      }
    }
    throw args.error("invalid condition \"" + first + "\"");
  }

  /** The words between the brackets, which may stick to the first and the last. */
  private static List<String> words(Arguments args) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      words.add(args.get(i));
    }
    String first = words.getFirst();
    if (!first.startsWith("(")) {
      throw args.error("invalid condition \"" + first + "\"");
    }
    words.set(0, first.substring(1));
    if (words.get(0).isEmpty()) {
      words.removeFirst();
    }
    String last = words.isEmpty() ? first : words.getLast();
    if (words.isEmpty() || !last.endsWith(")")) {
      throw args.error("invalid condition \"" + last + "\"");
    }
    words.set(words.size() - 1, last.substring(0, last.length() - 1));
    if (words.getLast().isEmpty() && words.size() > 1) {
      words.removeLast();
    }
    return words;
  }

  private static Template variable(Arguments args, String name) {
    if (!name.chars().allMatch(c -> c == '_' || c < 128 && Character.isLetterOrDigit(c))) {
      throw args.error("unknown \"" + name + "\" variable");
    }
    return args.template("$" + name);
  }

  private static Condition comparison(
      Arguments args, Template variable, String operator, String operand) {
    switch (operator) {
      case "=", "!=" -> {
        Value value = new Value(args, operand, false);
        boolean isEqual = operator.equals("=");
        return exchange -> variable.evaluate(exchange).equals(value.evaluate(exchange)) == isEqual;
      }
      case "~", "~*", "!~", "!~*" -> {
        Expression expression = new Expression(args, operand, operator.endsWith("*"));
        boolean isMatch = operator.startsWith("~");
        return exchange -> expression.matches(exchange, variable.evaluate(exchange)) == isMatch;
      }
      default -> throw args.error("unexpected \"" + operator + "\" in condition");
    }
  }

  private static boolean isTrue(String value) {
    return !value.isEmpty() && !value.equals("0");
  }
}
