package moonphase.regex.pcre2;

import java.util.Set;
import moonphase.spi.RegexEngine.Option;

/**
 * PCRE2's numbers.
 *
 * <p>Source: pcre2.h, pcre2api(3).
 */
final class Pcre2 {
  static final int JIT_COMPLETE = 1;
  static final int NO_JIT = 0x2000;

  static final int INFO_CAPTURECOUNT = 4;
  static final int INFO_NAMECOUNT = 17;
  static final int INFO_NAMEENTRYSIZE = 18;
  static final int INFO_NAMETABLE = 19;
  static final int CONFIG_VERSION = 11;

  static final int NO_MATCH = -1;
  static final int JIT_STACK_LIMIT = -46;

  /** Ints of working space for the DFA matcher; more than any sane pattern needs. */
  static final int DFA_WORKSPACE = 1000;

  private Pcre2() {}

  static int bits(Set<Option> options) {
    int bits = 0;
    for (Option option : options) {
      bits |= bit(option);
    }
    return bits;
  }

  private static int bit(Option option) {
    return switch (option) {
      case CASELESS -> 0x8;
      case DOLLAR_END_ONLY -> 0x10;
      case DOTALL -> 0x20;
      case DUPLICATE_NAMES -> 0x40;
      case JAVASCRIPT -> 0x1 | 0x2 | 0x200;
      case EXTENDED -> 0x80;
      case MULTILINE -> 0x400;
      case UTF -> 0x80000;
      case UTF_UNCHECKED -> 0x80000 | 0x40000000;
      case ANCHORED -> 0x80000000;
      case DFA, JIT -> 0;
    };
  }
}
