package moonphase.kernel.conf;

import java.util.Optional;
import moonphase.spi.Regex;

/**
 * What stands behind {@code location}. Immutable.
 *
 * @param kind how it is compared
 * @param text the prefix, the expression, or {@code @name}
 * @param regex the expression, for {@link Kind#REGEX}
 * @param file the file in which it stands
 * @param line the line in which it stands
 */
record LocationName(Kind kind, String text, Optional<Regex> regex, String file, int line) {
  /** How a location is compared with a path. */
  enum Kind {
    /** {@code =}. */
    EXACT,
    /** Nothing. */
    PREFIX,
    /** {@code ^~}: a prefix that keeps expressions from being tried. */
    ONLY_PREFIX,
    /** {@code ~} or {@code ~*}. */
    REGEX,
    /** {@code @}. */
    NAMED
  }

  boolean isPrefix() {
    return kind == Kind.PREFIX || kind == Kind.ONLY_PREFIX;
  }
}
