package moonphase.spi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A compiled PCRE expression. Any thread. */
@ProviderType
public interface Regex {
  /** The expression as written. */
  String pattern();

  /** The number of groups, the whole match not counted. */
  int groups();

  /** The names of the groups by number, from 1; empty for a group without a name. */
  List<String> names();

  /**
   * Matches text.
   *
   * @param subject Latin-1
   * @return null if it does not match
   * @throws RegexException if the matcher gave up, for example {@code pcre2_match() failed: -47}
   */
  @Nullable Captures match(String subject);

  /**
   * Matches text for a request: the groups become its {@code $1} to {@code $9} and the variables of
   * their names. A mismatch changes nothing. Worker thread only.
   *
   * <p>Source: ngx_http_regex_exec.
   *
   * @param subject Latin-1
   * @return whether it matches
   * @throws RegexException if the matcher gave up; its line is written
   */
  default boolean matches(Exchange exchange, String subject) {
    Captures captures;
    try {
      captures = match(subject);
    } catch (RegexException failure) {
      exchange.log().log(
          LogLevel.ALERT,
          "%s on \"%s\" using \"%s\"".formatted(failure.getMessage(), subject, pattern()));
      throw failure;
    }
    if (captures == null) {
      return false;
    }
    exchange.request().captures(Optional.of(captures));
    for (int group = 1; group <= names().size(); group++) {
      String name = names().get(group - 1);
      if (!name.isEmpty()) {
        exchange.variables().set(name.toLowerCase(Locale.ROOT), captures.group(group));
      }
    }
    return true;
  }

  /**
   * Matches bytes.
   *
   * @param subject its array
   * @param offset of the subject in the array
   * @param length of the subject
   * @param from where to start, counted from offset
   * @param captures receives begin and end of each group counted from offset, -1 for none; may be
   *     shorter than needed
   * @return the number of groups set, the whole match counted; 0 if it does not match
   * @throws RegexException if the matcher gave up
   */
  int match(byte[] subject, int offset, int length, int from, int[] captures);
}
