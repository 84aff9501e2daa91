package moonphase.luaj.lib;

/**
 * The character classes of the C locale, over bytes: {@code %a %c %d %g %l %p %s %u %w %x %z}.
 *
 * <p>Source: Lua 5.1 manual 5.4.1; bytes over 127 belong to no class.
 */
final class ByteClass {
  static final int ALPHA = 1;
  static final int CONTROL = 2;
  static final int DIGIT = 4;
  static final int GRAPH = 8;
  static final int LOWER = 16;
  static final int PUNCTUATION = 32;
  static final int SPACE = 64;
  static final int UPPER = 128;
  static final int HEX = 256;
  static final int ZERO = 512;
  static final int ALNUM = ALPHA | DIGIT;

  /** The classes of each byte. */
  static final short[] OF = new short[256];

  /** The class a lower case letter names after {@code %}; 0 where it names none. */
  private static final short[] NAMED = new short[128];

  /** For each class letter the set of its bytes, 256 bits. */
  private static final long[][] SETS = new long[128][];

  static {
    for (int c = 0; c < 128; c++) {
      OF[c] = (short) classify(c);
    }
    String letters = "acdglpsuwxz";
    int[] masks = {
      ALPHA, CONTROL, DIGIT, GRAPH, LOWER, PUNCTUATION, SPACE, UPPER, ALNUM, HEX, ZERO
    };
    for (int i = 0; i < masks.length; i++) {
      char letter = letters.charAt(i);
      NAMED[letter] = (short) masks[i];
      SETS[letter] = new long[4];
      SETS[letter - 32] = new long[4];
      for (int c = 0; c < 256; c++) {
        boolean in = (OF[c] & masks[i]) != 0;
        SETS[in ? letter : letter - 32][c >> 6] |= 1L << c;
      }
    }
  }

  private ByteClass() {}

  private static int classify(int c) {
    boolean upper = c >= 'A' && c <= 'Z';
    boolean lower = c >= 'a' && c <= 'z';
    boolean digit = c >= '0' && c <= '9';
    boolean graph = c > ' ' && c < 127;
    int mask = upper ? UPPER | ALPHA : lower ? LOWER | ALPHA : digit ? DIGIT : 0;
    mask |= c < ' ' || c == 127 ? CONTROL : 0;
    mask |= graph ? GRAPH : 0;
    mask |= graph && !upper && !lower && !digit ? PUNCTUATION : 0;
    mask |= c == ' ' || c >= 9 && c <= 13 ? SPACE : 0;
    mask |= digit || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f' ? HEX : 0;
    return mask | (c == 0 ? ZERO : 0);
  }

  /** Returns the mask of the class a letter of either case names, 0 where it names none. */
  static int named(int letter) {
    return letter < 128 ? NAMED[letter | 32] : 0;
  }

  /** Tells whether a byte matches {@code %letter}. */
  static boolean matches(int letter, int c) {
    int mask = named(letter);
    if (mask == 0) {
      return letter == c;
    }
    return (OF[c] & mask) != 0 == ((letter & 32) != 0);
  }

  /** Returns the 256 bits of {@code %letter}, or null where the letter stands for itself. */
  static long @org.jspecify.annotations.Nullable [] set(int letter) {
    return letter < 128 ? SETS[letter] : null;
  }
}
