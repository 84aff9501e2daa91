package moonphase.http.map;

import java.util.List;
import moonphase.spi.Exchange;
import moonphase.spi.HostNames;
import moonphase.spi.LogLevel;
import moonphase.spi.Regex;
import moonphase.spi.RegexException;
import moonphase.spi.Template;

/**
 * One {@code map}: gives a variable its value. Immutable.
 *
 * <p>Source: ngx_http_map_variable, ngx_http_map_find.
 *
 * @param source the text that is looked for
 * @param names values by text
 * @param expressions tried in order if no text fits
 * @param byDefault the value if nothing fits
 * @param isOfHosts whether a dot at the end of the text does not count
 */
record ValueMap(
    Template source,
    HostNames<Template> names,
    List<Expression> expressions,
    Template byDefault,
    boolean isOfHosts) {

  /** A value for all texts that an expression matches. */
  record Expression(Regex regex, Template value) {}

  /** The value now. Worker thread. */
  String value(Exchange exchange) {
    String text = source.evaluate(exchange);
    if (isOfHosts && text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    String value = find(exchange, text).evaluate(exchange);
    if (exchange.log().isEnabled(LogLevel.DEBUG)) {
      exchange.log().log(LogLevel.DEBUG, "http map: \"" + text + "\" \"" + value + "\"");
    }
    return value;
  }

  private Template find(Exchange exchange, String text) {
    Template found = names.find(text);
    if (found != null) {
      return found;
    }
    if (text.isEmpty()) {
      return byDefault;
    }
    try {
      for (Expression expression : expressions) {
        if (expression.regex.matches(exchange, text)) {
          return expression.value;
        }
      }
    } catch (RegexException logged) {
      return byDefault;
    }
    return byDefault;
  }
}
