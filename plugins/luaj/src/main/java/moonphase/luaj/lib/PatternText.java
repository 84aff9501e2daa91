package moonphase.luaj.lib;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/**
 * The text of a pattern: where its items end and which bytes they match. Places are indexes into
 * the array of the pattern's string. One thread.
 */
final class PatternText {
  private final byte[] pattern;
  private final int patternStart;
  private final int patternEnd;

  /** The bits of each set met so far, by the place of its bracket in the pattern. */
  private long @Nullable [][] sets;

  PatternText(LuaString pattern) {
    this.pattern = pattern.m_bytes;
    this.patternStart = pattern.m_offset;
    this.patternEnd = pattern.m_offset + pattern.m_length;
  }

  /** Returns the index after the item that begins at p: a byte, an escape or a set. */
  int itemEnd(int p) {
    int c = pattern[p++];
    if (c == '%') {
      if (p == patternEnd) {
        throw new LuaError("malformed pattern (ends with '%')");
      }
      return p + 1;
    }
    if (c != '[') {
      return p;
    }
    if (p < patternEnd && pattern[p] == '^') {
      p++;
    }
    boolean first = true;
    while (first || p >= patternEnd || pattern[p] != ']') {
      // a zero byte ends a set's text in the target too
      if (p >= patternEnd || pattern[p] == 0) {
        throw new LuaError("malformed pattern (missing ']')");
      }
      first = false;
      p += pattern[p] == '%' && p + 1 < patternEnd && pattern[p + 1] != 0 ? 2 : 1;
    }
    return p + 1;
  }

  /** Tells whether a byte matches the single item from p to before after. */
  boolean single(int c, int p, int after) {
    switch (pattern[p]) {
      case '.':
        return true;
      case '%':
        return ByteClass.matches(pattern[p + 1] & 0xFF, c);
      case '[':
        return (set(p, after)[c >> 6] >>> c & 1) != 0;
      default:
        return (pattern[p] & 0xFF) == c;
    }
  }

  long[] set(int p, int after) {
    if (sets == null) {
      sets = new long[patternEnd - patternStart][];
    }
    long[] bits = sets[p - patternStart];
    if (bits == null) {
      bits = sets[p - patternStart] = readSet(p + 1, after - 1);
    }
    return bits;
  }

  /** Reads the set whose text stands from p to before its closing bracket. */
  private long[] readSet(int p, int last) {
    long[] bits = new long[4];
    boolean inverted = pattern[p] == '^';
    if (inverted) {
      p++;
    }
    while (p < last) {
      int c = pattern[p++] & 0xFF;
      if (c == '%' && p < last) {
        c = pattern[p++] & 0xFF;
        long[] named = ByteClass.set(c);
        if (named == null) {
          bits[c >> 6] |= 1L << c;
        } else {
          for (int i = 0; i < 4; i++) {
            bits[i] |= named[i];
          }
        }
      } else if (p + 1 < last && pattern[p] == '-') {
        for (int high = pattern[p + 1] & 0xFF; c <= high; c++) {
          bits[c >> 6] |= 1L << c;
        }
        p += 2;
      } else {
        bits[c >> 6] |= 1L << c;
      }
    }
    for (int i = 0; inverted && i < 4; i++) {
      bits[i] = ~bits[i];
    }
    return bits;
  }

  /** Returns the byte that must stand where the pattern goes on at p, -1 where it is open. */
  int literalAt(int p) {
    if (p >= patternEnd) {
      return -1;
    }
    int c = pattern[p];
    if (c == '('
        || c == ')'
        || c == '.'
        || c == '%'
        || c == '['
        || c == '$' && p + 1 == patternEnd) {
      return -1;
    }
    int suffix = p + 1 < patternEnd ? pattern[p + 1] : 0;
    return suffix == '*' || suffix == '?' || suffix == '-' ? -1 : c & 0xFF;
  }
}
