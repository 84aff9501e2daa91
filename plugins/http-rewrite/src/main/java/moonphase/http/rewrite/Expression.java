package moonphase.http.rewrite;

import java.util.Locale;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Captures;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Regex;
import moonphase.spi.RegexException;

/**
 * An expression of {@code rewrite} or {@code if}: a match sets {@code $1} to {@code $9} and the
 * variables of its named groups, a mismatch clears the former. Immutable.
 */
final class Expression {
  private final Regex regex;

  Expression(Arguments args, String pattern, boolean ignoresCase) {
    regex = args.regex(pattern, ignoresCase);
    for (String name : regex.names()) {
      if (!name.isEmpty()) {
        args.declare(name.toLowerCase(Locale.ROOT));
      }
    }
  }

  /**
   * Matches text.
   *
   * @throws RegexException if the matcher gave up; its line is written
   */
  boolean matches(Exchange exchange, String subject) {
    Captures captures;
    try {
      captures = regex.match(subject);
    } catch (RegexException failure) {
      exchange.log().log(
          LogLevel.ALERT,
          "%s on \"%s\" using \"%s\"".formatted(failure.getMessage(), subject, regex.pattern()));
      throw failure;
    }
    exchange.request().captures(Optional.ofNullable(captures));
    if (RewriteConf.isLogging(exchange)) {
      String claim = captures == null ? "does not match" : "matches";
      exchange.log().log(
          LogLevel.NOTICE, "\"%s\" %s \"%s\"".formatted(regex.pattern(), claim, subject));
    }
    if (captures == null) {
      return false;
    }
    for (int group = 1; group <= regex.names().size(); group++) {
      String name = regex.names().get(group - 1);
      if (!name.isEmpty()) {
        exchange.variables().set(name.toLowerCase(Locale.ROOT), captures.group(group));
      }
    }
    return true;
  }
}
