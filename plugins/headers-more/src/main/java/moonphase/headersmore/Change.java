package moonphase.headersmore;

import java.util.Optional;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.Template;

/**
 * A field and what becomes of it.
 *
 * @param name its name; with a star at its end every name that begins so
 * @param value absent or empty: the field is removed
 */
record Change(String name, Optional<Template> value) {

  /** The value for this exchange, safe to be sent; empty to remove the field. */
  String evaluate(Exchange exchange) {
    return value.map(template -> Headers.escape(template.evaluate(exchange))).orElse("");
  }

  /**
   * Changes the fields: the first one that fits gets the value and keeps its name, the others go.
   *
   * @param isAppending leaves the ones that are there
   * @param isReplacing adds none if there is none
   */
  void apply(Headers headers, String value, boolean isAppending, boolean isReplacing) {
    boolean found = false;
    for (int i = 0; !isAppending && i < headers.size(); ) {
      if (!fits(headers.name(i))) {
        i++;
      } else if (found || value.isEmpty()) {
        headers.removeAt(i);
        found = true;
      } else {
        found = true;
        headers.value(i++, value);
      }
    }
    if (!found && !value.isEmpty() && !isReplacing) {
      headers.add(name, value);
    }
  }

  private boolean fits(String field) {
    int length = name.length() - 1;
    return name.endsWith("*")
        ? field.regionMatches(true, 0, name, 0, length)
        : field.equalsIgnoreCase(name);
  }
}
