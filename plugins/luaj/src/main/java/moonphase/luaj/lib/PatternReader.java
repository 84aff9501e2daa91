package moonphase.luaj.lib;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/** Reads the text of a {@link Pattern} into its items. One thread; for one pattern. */
final class PatternReader {
  private final byte[] text;
  private final int end;
  private int at;
  private int items;

  /** The captures that are open, a bit each. */
  private int open;

  byte[] kinds;
  int[] bytes;
  long @Nullable [][] sets;
  @Nullable String mistake;
  int captures;

  PatternReader(LuaString pattern, int from) {
    this.text = pattern.m_bytes;
    this.at = pattern.m_offset + from;
    this.end = pattern.m_offset + pattern.m_length;
    int room = pattern.m_length - from + 2;
    this.kinds = new byte[room];
    this.bytes = new int[room];
    this.sets = new long[room][];
    while (at < end && mistake == null) {
      read();
    }
    add(mistake == null ? Pattern.END : Pattern.MISTAKE, -1, null);
    kinds = Arrays.copyOf(kinds, items);
    bytes = Arrays.copyOf(bytes, items);
    sets = Arrays.copyOf(sets, items);
  }

  private void add(int kind, int b, long @Nullable [] set) {
    kinds[items] = (byte) kind;
    bytes[items] = b;
    sets[items++] = set;
  }

  private void read() {
    switch (text[at]) {
      case '(' -> {
        if (captures == PatternMatcher.MAX_CAPTURES) {
          mistake = "too many captures";
          return;
        }
        boolean position = at + 1 < end && text[at + 1] == ')';
        at += position ? 2 : 1;
        open |= position ? 0 : 1 << captures;
        add(position ? Pattern.POSITION : Pattern.OPEN, captures++, null);
      }
      case ')' -> {
        at++;
        close();
      }
      case '%' -> escape();
      case '[' -> {
        long[] set = set();
        if (set != null) {
          repeated(-1, set);
        }
      }
      case '.' -> {
        at++;
        repeated(-1, Pattern.ANY);
      }
      default -> {
        int b = text[at++] & 0xFF;
        if (b == '$' && at == end) {
          add(Pattern.SUBJECT_END, -1, null);
        } else {
          repeated(b, null);
        }
      }
    }
  }

  /** Closes the capture that was opened last. */
  private void close() {
    if (open == 0) {
      mistake = "invalid pattern capture";
      return;
    }
    int capture = 31 - Integer.numberOfLeadingZeros(open);
    open &= ~(1 << capture);
    add(Pattern.CLOSE, capture, null);
  }

  private void escape() {
    at++;
    if (at == end) {
      mistake = "malformed pattern (ends with '%')";
      return;
    }
    int b = text[at++] & 0xFF;
    if (b == 'b') {
      if (end - at < 2) {
        mistake = "unbalanced pattern";
        return;
      }
      add(Pattern.BALANCED, text[at] & 0xFF | (text[at + 1] & 0xFF) << 8, null);
      at += 2;
    } else if (b == 'f') {
      if (at == end || text[at] != '[') {
        mistake = "missing '[' after '%f' in pattern";
        return;
      }
      long[] set = set();
      if (set != null) {
        add(Pattern.FRONTIER, -1, set);
      }
    } else if (b >= '0' && b <= '9') {
      int capture = b - '1';
      if (capture < 0 || capture >= captures || (open >>> capture & 1) != 0) {
        mistake = "invalid capture index";
        return;
      }
      add(Pattern.BACK_REFERENCE, capture, null);
    } else {
      long[] named = ByteClass.set(b);
      repeated(named == null ? b : -1, named);
    }
  }

  /** Adds an item that takes single bytes, with the suffix that may stand here. */
  private void repeated(int b, long @Nullable [] set) {
    int kind =
        switch (at < end ? text[at] : 0) {
          case '*' -> Pattern.LONGEST;
          case '+' -> Pattern.LONGEST_OF_ONE;
          case '-' -> Pattern.SHORTEST;
          case '?' -> Pattern.OPTIONAL;
          default -> Pattern.ONE;
        };
    at += kind == Pattern.ONE ? 0 : 1;
    add(kind, b, set);
  }

  /** Reads the set whose bracket stands here; null where it does not end. */
  private long @Nullable [] set() {
    int from = ++at;
    if (at < end && text[at] == '^') {
      at++;
    }
    boolean first = true;
    while (first || at >= end || text[at] != ']') {
      // a zero byte ends a set's text in the target too
      if (at >= end || text[at] == 0) {
        mistake = "malformed pattern (missing ']')";
        return null;
      }
      first = false;
      at += text[at] == '%' && at + 1 < end && text[at + 1] != 0 ? 2 : 1;
    }
    return bits(from, at++);
  }

  private long[] bits(int from, int last) {
    long[] bits = new long[4];
    boolean inverted = text[from] == '^';
    int p = inverted ? from + 1 : from;
    while (p < last) {
      int c = text[p++] & 0xFF;
      if (c == '%' && p < last) {
        c = text[p++] & 0xFF;
        long[] named = ByteClass.set(c);
        if (named == null) {
          bits[c >> 6] |= 1L << c;
        } else {
          for (int i = 0; i < 4; i++) {
            bits[i] |= named[i];
          }
        }
      } else if (p + 1 < last && text[p] == '-') {
        for (int high = text[p + 1] & 0xFF; c <= high; c++) {
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
}
