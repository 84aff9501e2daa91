package moonphase.kernel.conf;

import java.util.List;
import java.util.Optional;
import moonphase.spi.Captures;
import moonphase.spi.Exchange;

/**
 * An expression of the configuration that matched. Immutable.
 *
 * @param captures its groups
 * @param names the names of its groups by number, from 1; empty for a group without a name
 */
public record RegexMatch(Captures captures, List<String> names) {
  /** Sets {@code $1} to {@code $9} and the variables of named groups. Worker thread only. */
  public void applyTo(Exchange exchange) {
    exchange.request().captures(Optional.of(captures));
    for (int i = 0; i < names.size(); i++) {
      if (!names.get(i).isEmpty()) {
        exchange.variables().set(names.get(i), captures.group(i + 1));
      }
    }
  }
}
