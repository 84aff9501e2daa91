package moonphase.headersmore;

import java.util.List;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One directive: which messages it is about, and its changes.
 *
 * @param types media types of {@code -t}; empty for any
 * @param statuses statuses of {@code -s}; empty for any
 * @param isAppending {@code -a}: fields are added to those that are there
 * @param isReplacing {@code -r}: only fields that are there get the new value
 * @param changes in the order in which they were written
 */
record Command(
    List<String> types,
    List<Integer> statuses,
    boolean isAppending,
    boolean isReplacing,
    List<Change> changes) {

  /** Does something to the value that a field is about to get; not OK ends the command. */
  @FunctionalInterface
  interface Check {
    Verdict check(Exchange exchange, String name, String value);
  }

  /** Whether the command is about messages of a type. */
  boolean isAboutType(@Nullable String type) {
    return types.isEmpty() || type != null && types.contains(type);
  }

  /** Whether the command is about responses of a status. */
  boolean isAboutStatus(int status) {
    return statuses.isEmpty() || statuses.contains(status);
  }

  /**
   * Makes the changes. Worker thread.
   *
   * @param check sees each name and value before
   * @return OK, or what {@code check} said otherwise
   */
  Verdict apply(Exchange exchange, Headers headers, Check check) {
    for (Change change : changes) {
      String value = change.evaluate(exchange);
      Verdict verdict = check.check(exchange, change.name(), value);
      if (verdict != Verdict.OK) {
        return verdict;
      }
      change.apply(headers, value, isAppending, isReplacing);
    }
    return Verdict.OK;
  }
}
