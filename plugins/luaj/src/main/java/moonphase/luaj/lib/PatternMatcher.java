package moonphase.luaj.lib;

import java.util.Arrays;
import org.luaj.vm2.Budget;
import org.luaj.vm2.ByteSearch;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A pattern matched against a string of bytes. Worker of {@code find match gmatch gsub}; one
 * thread, one subject and one pattern for each object.
 *
 * <p>The nesting is bounded ({@code pattern too complex}), and after every few thousand steps the
 * VM's budget is asked whether the script may go on: a pattern of exponential cost ends where any
 * other loop would.
 *
 * <p>Source: Lua 5.1 manual 5.4.1 and LuaJIT's answers to malformed patterns.
 */
final class PatternMatcher {
  static final int MAX_CAPTURES = 32;
  private static final int UNFINISHED = -1;
  private static final int POSITION = -2;
  private static final int STEPS_BETWEEN_CHECKS = 1 << 14;
  private static final int[] NONE = {};

  private final LuaString string;
  private final byte[] subject;
  private final int subjectStart;
  private final int subjectEnd;
  private final Pattern pattern;
  private final byte[] kinds;
  private final Budget budget;

  private final int captures;
  private final int[] starts;
  private final int[] lengths;
  private int depth;
  private int steps;

  /** Where the match that was found last ends, as an index into the subject's array. */
  int end;

  PatternMatcher(LuaString string, Pattern pattern, Budget budget) {
    this.string = string;
    this.subject = string.m_bytes;
    this.subjectStart = string.m_offset;
    this.subjectEnd = string.m_offset + string.m_length;
    this.pattern = pattern;
    this.kinds = pattern.kinds;
    this.budget = budget;
    int n = pattern.captures;
    this.captures = n;
    this.starts = n == 0 ? NONE : new int[n];
    this.lengths = n == 0 ? NONE : new int[n];
  }

  /**
   * Searches for the first match from a place on, an index into the subject's array; an anchored
   * pattern is tried there only.
   *
   * @return where the match begins, with {@link #end} set; -1 where there is none
   */
  int search(int at) {
    if (pattern.anchored) {
      end = match(at);
      return end < 0 ? -1 : at;
    }
    for (int i = at; i <= subjectEnd; i++) {
      i = candidate(i);
      if (i < 0) {
        return -1;
      }
      int stop = match(i);
      if (stop >= 0) {
        end = stop;
        return i;
      }
      int run = pattern.leadingRun;
      if (run >= 0) {
        i = Math.max(pattern.endOfRun(run, subject, i, subjectEnd) - 1, i);
      }
    }
    return -1;
  }

  /** Returns the first place from one on where a match may begin, -1 for none. */
  private int candidate(int from) {
    long[] first = pattern.first;
    if (first == null) {
      return from;
    }
    int b = pattern.firstByte;
    int at =
        pattern.distance > 0
            ? ByteSearch.indexOfPair(
                subject, (byte) b, (byte) pattern.secondByte, pattern.distance, from, subjectEnd)
            : b >= 0
                ? ByteSearch.indexOf(subject, (byte) b, from, subjectEnd)
                : ByteSearch.indexOf(subject, first, from, subjectEnd);
    count((at < 0 ? subjectEnd : at) - from);
    return at < 0 && pattern.emptyAtEnd ? subjectEnd : at;
  }

  private int match(int at) {
    depth = 0;
    count(1);
    return run(at, 0);
  }

  /** Tells whether the pattern may match at the first place only. */
  boolean isAnchored() {
    return pattern.anchored;
  }

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
    return piece(string, from, to);
  }

  /** Returns a piece of a string, given by indexes into its array. */
  static LuaString piece(LuaString s, int from, int to) {
    if (to - from == 1) {
      return OneByte.string(s.m_bytes[from]);
    }
    return s.substring(from - s.m_offset, to - s.m_offset);
  }

  private int step(int s, int p) {
    int before = depth;
    deeper();
    count(1);
    int result = run(s, p);
    depth = before;
    return result;
  }

  private void deeper() {
    if (++depth >= Pattern.MAX_DEPTH) {
      throw new LuaError("pattern too complex");
    }
  }

  /** Matches the items from p on at s; answers where the match ends, -1 for none. */
  private int run(int s, int p) {
    for (; ; p++) {
      switch (kinds[p]) {
        case Pattern.END -> {
          return s;
        }
        case Pattern.ONE -> {
          if (!isTaken(s, p)) {
            return -1;
          }
          s++;
        }
        case Pattern.PRESENT -> s += isTaken(s, p) ? 1 : 0;
        case Pattern.OPTIONAL -> {
          if (isTaken(s, p)) {
            int result = step(s + 1, p + 1);
            if (result >= 0) {
              return result;
            }
          }
        }
        case Pattern.RUN -> s = settledEnd(s, p);
        case Pattern.RUN_OF_ONE -> {
          if (!isTaken(s, p)) {
            return -1;
          }
          s = settledEnd(s + 1, p);
        }
        case Pattern.LONGEST -> {
          return longest(s, p);
        }
        case Pattern.LONGEST_OF_ONE -> {
          return isTaken(s, p) ? longest(s + 1, p) : -1;
        }
        case Pattern.SHORTEST -> {
          return shortest(s, p);
        }
        case Pattern.OPEN -> open(s, pattern.bytes[p], UNFINISHED);
        case Pattern.POSITION -> open(s, pattern.bytes[p], POSITION);
        case Pattern.CLOSE -> {
          int i = pattern.bytes[p];
          lengths[i] = s - starts[i];
          deeper();
        }
        case Pattern.SUBJECT_END -> {
          if (s != subjectEnd) {
            return -1;
          }
        }
        case Pattern.BALANCED -> {
          s = balanced(s, (byte) pattern.bytes[p], (byte) (pattern.bytes[p] >> 8));
          if (s < 0) {
            return -1;
          }
        }
        case Pattern.FRONTIER -> {
          if (!frontier(s, pattern.sets[p])) {
            return -1;
          }
        }
        case Pattern.BACK_REFERENCE -> {
          s = backReference(s, pattern.bytes[p]);
          if (s < 0) {
            return -1;
          }
        }
        default -> throw new LuaError(pattern.mistake);
      }
    }
  }

  private boolean isTaken(int s, int p) {
    return s < subjectEnd && pattern.takes(p, subject[s] & 0xFF);
  }

  private int settledEnd(int s, int p) {
    int stop = pattern.endOfRun(p, subject, s, subjectEnd);
    count(stop - s + 1);
    return stop;
  }

  /** Takes as many bytes of the item as there are, then gives one after the other back. */
  private int longest(int least, int p) {
    int i = pattern.endOfRun(p, subject, least, subjectEnd);
    count(i - least + 2);
    Lookahead behind = pattern.behind[p];
    for (; i >= least; i--) {
      if (behind == null || mayGoOn(behind, i)) {
        count(1);
        int result = step(i, p + 1);
        if (result >= 0) {
          return result;
        }
      }
    }
    return -1;
  }

  private boolean mayGoOn(Lookahead behind, int s) {
    return s < subjectEnd ? Pattern.has(behind.set(), subject[s] & 0xFF) : behind.end();
  }

  private int shortest(int s, int p) {
    Lookahead behind = pattern.behind[p];
    while (true) {
      count(1);
      if (behind == null || mayGoOn(behind, s)) {
        int result = step(s, p + 1);
        if (result >= 0) {
          return result;
        }
      }
      if (!isTaken(s, p)) {
        return -1;
      }
      s++;
    }
  }

  /** Notes where a capture begins. What a failed attempt noted is overwritten by the next one. */
  private void open(int s, int i, int length) {
    starts[i] = s;
    lengths[i] = length;
    deeper();
  }

  private int balanced(int s, byte opening, byte closing) {
    if (s >= subjectEnd || subject[s] != opening) {
      return -1;
    }
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

  /** Tells whether s is where bytes of a set begin; what is outside of the subject counts as 0. */
  private boolean frontier(int s, long[] set) {
    int before = s == subjectStart ? 0 : subject[s - 1] & 0xFF;
    int here = s < subjectEnd ? subject[s] & 0xFF : 0;
    return !Pattern.has(set, before) && Pattern.has(set, here);
  }

  private int backReference(int s, int i) {
    int length = Math.max(lengths[i], 0);
    int from = starts[i];
    if (subjectEnd - s < length
        || !Arrays.equals(subject, s, s + length, subject, from, from + length)) {
      return -1;
    }
    return s + length;
  }

  private void count(int n) {
    if ((steps += n) >= STEPS_BETWEEN_CHECKS) {
      int done = steps;
      steps = 0;
      budget.steps(done);
    }
  }
}
