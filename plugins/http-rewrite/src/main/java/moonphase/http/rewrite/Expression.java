package moonphase.http.rewrite;

import java.util.Optional;
import moonphase.spi.Arguments;
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
  }

  /**
   * Matches text.
   *
   * @throws RegexException if the matcher gave up; its line is written
   */
  boolean matches(Exchange exchange, String subject) {
    boolean matches = regex.matches(exchange, subject);
    if (!matches) {
      exchange.request().captures(Optional.empty());
    }
    if (RewriteConf.isLogging(exchange)) {
      String claim = matches ? "matches" : "does not match";
      exchange.log().log(
          LogLevel.NOTICE, "\"%s\" %s \"%s\"".formatted(regex.pattern(), claim, subject));
    }
    return matches;
  }
}
