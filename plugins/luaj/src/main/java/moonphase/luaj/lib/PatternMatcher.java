package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Lua's patterns matched against a string of bytes. Worker of {@code find match gmatch gsub}; one
 * thread, one subject and one pattern for each object.
 *
 * <p>The pattern is read while matching, so that a mistake in a part that is never reached is not
 * noticed, as in Lua. The nesting is bounded ({@code pattern too complex}), and after every few
 * thousand steps the VM is asked whether the script may go on: a pattern of exponential cost ends
 * where any other loop would.
 *
 * <p>Source: Lua 5.1 manual 5.4.1 and LuaJIT's answers to malformed patterns.
 */
final class PatternMatcher {
  static final int MAX_CAPTURES = 32;
  private static final int MAX_DEPTH = 200;
  private static final int UNFINISHED = -1;
  private static final int POSITION = -2;
  private static final int STEPS_BETWEEN_CHECKS = 1 << 14;

  private final LuaString string;
  private final byte[] subject;
  private final int subjectStart;
  private final int subjectEnd;
  private final PatternText text;
  private final byte[] pattern;
  private final int patternEnd;

  private int captures;
  private int[] starts = new int[4];
  private int[] lengths = new int[4];
  private int depth;
  private int steps;

  PatternMatcher(LuaString string, LuaString pattern) {
    this.string = string;
    this.subject = string.m_bytes;
    this.subjectStart = string.m_offset;
    this.subjectEnd = string.m_offset + string.m_length;
    this.text = new PatternText(pattern);
    this.pattern = pattern.m_bytes;
    this.patternEnd = pattern.m_offset + pattern.m_length;
  }

  /**
   * Matches at one place.
   *
   * @param at index into the subject's array
   * @param from index into the pattern's array
   * @return the index after the match, -1 for none
   */
  int match(int at, int from) {
    captures = 0;
    depth = 0;
    count(1);
    return step(at, from);
  }

  /** Searches for the first match from a place on; returns its start and sets {@link #end}. */
  int search(int at, int from) {
    int first = text.literalAt(from);
    for (int i = at; i <= subjectEnd; i++) {
      if (first >= 0) {
        i = indexOf((byte) first, i);
        if (i < 0) {
          return -1;
        }
      }
      int stop = match(i, from);
      if (stop >= 0) {
        end = stop;
        return i;
      }
    }
    return -1;
  }

  /** Where the match that {@link #search} found ends. */
  int end;

  int captures() {
    return captures;
  }

  /** Returns capture i (from 0); with no capture in the pattern, capture 0 is the whole match. */
  LuaValue capture(int i, int matchStart, int matchEnd) {
    if (i >= captures) {
      if (i != 0) {
        throw new LuaError("invalid capture index");
      }
      return piece(matchStart, matchEnd);
    }
    int length = lengths[i];
    if (length == UNFINISHED) {
      throw new LuaError("unfinished capture");
    }
    if (length == POSITION) {
      return LuaValue.valueOf(starts[i] - subjectStart + 1);
    }
    return piece(starts[i], starts[i] + length);
  }

  /** Appends capture i to a buffer, as {@code %1} in a replacement does. */
  void appendCapture(ByteBuilder out, int i, int matchStart, int matchEnd) {
    if (i < captures && lengths[i] >= 0) {
      out.append(subject, starts[i], lengths[i]);
    } else {
      out.append(capture(i, matchStart, matchEnd).strvalue());
    }
  }

  /** Returns all captures, or the whole match where the pattern has none. */
  Varargs captures(int matchStart, int matchEnd) {
    if (captures <= 1) {
      return capture(0, matchStart, matchEnd);
    }
    LuaValue[] values = new LuaValue[captures];
    for (int i = 0; i < values.length; i++) {
      values[i] = capture(i, matchStart, matchEnd);
    }
    return LuaValue.varargsOf(values);
  }

  /** Returns start, end (both from 1) and the captures: what {@code find} answers. */
  Varargs found(int matchStart, int matchEnd) {
    LuaValue first = LuaValue.valueOf(matchStart - subjectStart + 1);
    LuaValue last = LuaValue.valueOf(matchEnd - subjectStart);
    if (captures == 0) {
      return LuaValue.varargsOf(first, last);
    }
    return LuaValue.varargsOf(first, last, captures(matchStart, matchEnd));
  }

  LuaString piece(int from, int to) {
    if (to - from == 1) {
      return OneByte.string(subject[from]);
    }
    return string.substring(from - subjectStart, to - subjectStart);
  }

  private int step(int s, int p) {
    if (++depth > MAX_DEPTH) {
      throw new LuaError("pattern too complex");
    }
    int result = run(s, p);
    depth--;
    return result;
  }

  private int run(int s, int p) {
    while (p < patternEnd) {
      switch (pattern[p]) {
        case '(':
          return open(s, p);
        case ')':
          return close(s, p + 1);
        case '$':
          if (p + 1 == patternEnd) {
            return s == subjectEnd ? s : -1;
          }
          break;
        case '%':
          int kind = p + 1 < patternEnd ? pattern[p + 1] : 0;
          if (kind == 'b') {
            s = balanced(s, p + 2);
            p += 4;
          } else if (kind == 'f') {
            int set = p + 2;
            p = frontier(s, set);
            s = p < 0 ? -1 : s;
          } else if (kind >= '0' && kind <= '9') {
            s = backReference(s, kind);
            p += 2;
          } else {
            break;
          }
          if (s < 0) {
            return -1;
          }
          continue;
        default:
          break;
      }
      int after = text.itemEnd(p);
      int suffix = after < patternEnd ? pattern[after] : 0;
      if (suffix == '*') {
        return longest(s, s, p, after);
      } else if (suffix == '+') {
        return s < subjectEnd && text.single(subject[s] & 0xFF, p, after)
            ? longest(s, s + 1, p, after)
            : -1;
      } else if (suffix == '-') {
        return shortest(s, p, after);
      } else if (suffix == '?') {
        if (s < subjectEnd && text.single(subject[s] & 0xFF, p, after)) {
          int result = step(s + 1, after + 1);
          if (result >= 0) {
            return result;
          }
        }
        p = after + 1;
      } else if (s < subjectEnd && text.single(subject[s] & 0xFF, p, after)) {
        s++;
        p = after;
      } else {
        return -1;
      }
    }
    return s;
  }

  /** Takes as many of the item as there are, then gives back one after the other. */
  private int longest(int s, int i, int p, int after) {
    i = runEnd(i, p, after);
    count(i - s + 1);
    int least = pattern[after] == '+' ? s + 1 : s;
    int rest = after + 1;
    if (rest == patternEnd) {
      return i;
    }
    int next = text.literalAt(rest);
    for (; i >= least; i--) {
      if (next < 0 || i < subjectEnd && subject[i] == (byte) next) {
        count(1);
        int result = step(i, rest);
        if (result >= 0) {
          return result;
        }
      }
    }
    return -1;
  }

  /** Returns where the run of bytes that match the item ends. */
  private int runEnd(int i, int p, int after) {
    final int stop = subjectEnd;
    switch (pattern[p]) {
      case '.':
        return stop;
      case '[':
        long[] bits = text.set(p, after);
        while (i < stop && (bits[(subject[i] & 0xFF) >> 6] >>> subject[i] & 1) != 0) {
          i++;
        }
        return i;
      case '%':
        int letter = pattern[p + 1] & 0xFF;
        int mask = ByteClass.named(letter);
        if (mask == 0) {
          while (i < stop && (subject[i] & 0xFF) == letter) {
            i++;
          }
          return i;
        }
        boolean wanted = (letter & 32) != 0;
        while (i < stop && (ByteClass.OF[subject[i] & 0xFF] & mask) != 0 == wanted) {
          i++;
        }
        return i;
      default:
        while (i < stop && subject[i] == pattern[p]) {
          i++;
        }
        return i;
    }
  }

  private int shortest(int s, int p, int after) {
    int rest = after + 1;
    int next = text.literalAt(rest);
    while (true) {
      count(1);
      if (next < 0 || s < subjectEnd && subject[s] == (byte) next) {
        int result = step(s, rest);
        if (result >= 0) {
          return result;
        }
      }
      if (s >= subjectEnd || !text.single(subject[s] & 0xFF, p, after)) {
        return -1;
      }
      s++;
    }
  }

  private int open(int s, int p) {
    boolean position = p + 1 < patternEnd && pattern[p + 1] == ')';
    if (captures >= MAX_CAPTURES) {
      throw new LuaError("too many captures");
    }
    if (captures == starts.length) {
      starts = java.util.Arrays.copyOf(starts, captures * 2);
      lengths = java.util.Arrays.copyOf(lengths, captures * 2);
    }
    starts[captures] = s;
    lengths[captures] = position ? POSITION : UNFINISHED;
    captures++;
    int result = step(s, position ? p + 2 : p + 1);
    if (result < 0) {
      captures--;
    }
    return result;
  }

  private int close(int s, int p) {
    int i = captures - 1;
    while (i >= 0 && lengths[i] != UNFINISHED) {
      i--;
    }
    if (i < 0) {
      throw new LuaError("invalid pattern capture");
    }
    lengths[i] = s - starts[i];
    int result = step(s, p);
    if (result < 0) {
      lengths[i] = UNFINISHED;
    }
    return result;
  }

  private int balanced(int s, int p) {
    if (p + 1 >= patternEnd) {
      throw new LuaError("unbalanced pattern");
    }
    if (s >= subjectEnd || subject[s] != pattern[p]) {
      return -1;
    }
    byte opening = pattern[p];
    byte closing = pattern[p + 1];
    int level = 1;
    for (int i = s + 1; i < subjectEnd; i++) {
      byte c = subject[i];
      if (c == closing) {
        if (--level == 0) {
          count(i - s);
          return i + 1;
        }
      } else if (c == opening) {
        level++;
      }
    }
    count(subjectEnd - s);
    return -1;
  }

  /** Returns the index after the frontier's set if s is at a frontier, else -1. */
  private int frontier(int s, int p) {
    if (p >= patternEnd || pattern[p] != '[') {
      throw new LuaError("missing '[' after '%f' in pattern");
    }
    int after = text.itemEnd(p);
    int before = s == subjectStart ? 0 : subject[s - 1] & 0xFF;
    int here = s < subjectEnd ? subject[s] & 0xFF : 0;
    return !text.single(before, p, after) && text.single(here, p, after) ? after : -1;
  }

  private int backReference(int s, int digit) {
    int i = digit - '1';
    if (i < 0 || i >= captures || lengths[i] == UNFINISHED) {
      throw new LuaError("invalid capture index");
    }
    int length = Math.max(lengths[i], 0);
    int from = starts[i];
    if (subjectEnd - s < length
        || !java.util.Arrays.equals(subject, s, s + length, subject, from, from + length)) {
      return -1;
    }
    return s + length;
  }

  private int indexOf(byte b, int from) {
    for (int i = from; i < subjectEnd; i++) {
      if (subject[i] == b) {
        count(i - from);
        return i;
      }
    }
    count(subjectEnd - from);
    return -1;
  }

  private void count(int n) {
    if ((steps += n) >= STEPS_BETWEEN_CHECKS) {
      int done = steps;
      steps = 0;
      Globals.current().budget.steps(done);
    }
  }
}
