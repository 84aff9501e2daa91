package moonphase.luaj.lib;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.ByteSearch;
import org.luaj.vm2.LuaString;

/**
 * A pattern of Lua's, read once: a list of items, the last of which is {@link #END}. Immutable once
 * made; any thread.
 *
 * <p>A mistake in the text is an item too, {@link #MISTAKE}, and the last one: whoever matches
 * notices it where it is reached and not before, as in Lua.
 *
 * <p>Repeated items that need not give back what they took, since what follows them begins with
 * none of the bytes they take, are {@link #RUN} and its sisters: most items of most patterns.
 *
 * <p>Source: Lua 5.1 manual 5.4.1 and LuaJIT's answers to malformed patterns.
 */
final class Pattern {
  static final int END = 0;
  static final int ONE = 1;
  static final int OPTIONAL = 2;
  static final int LONGEST = 3;
  static final int LONGEST_OF_ONE = 4;
  static final int SHORTEST = 5;
  static final int OPEN = 6;
  static final int POSITION = 7;
  static final int CLOSE = 8;
  static final int SUBJECT_END = 9;
  static final int BALANCED = 10;
  static final int FRONTIER = 11;
  static final int BACK_REFERENCE = 12;
  static final int MISTAKE = 13;

  /** As many bytes as there are, for good. */
  static final int RUN = 14;

  /** At least one byte, and as many as there are, for good. */
  static final int RUN_OF_ONE = 15;

  /** A byte where it stands, for good. */
  static final int PRESENT = 16;

  /** How deep a match may nest. */
  static final int MAX_DEPTH = 200;

  /** The set of all bytes, {@code .}; known by identity. */
  static final long[] ANY = {-1, -1, -1, -1};

  private final LuaString text;
  private final boolean caretIsByte;

  /** Whether a match may begin at the first place tried only. */
  final boolean anchored;

  /** What each item is. */
  final byte[] kinds;

  /**
   * The byte an item that takes single bytes stands for, -1 where it has a set; the two bytes of a
   * balanced item, the first in the low half; the capture, from 0, that an item opens, closes or
   * refers to.
   */
  final int[] bytes;

  /** The 256 bits of an item's set, null where it has none. */
  final long @Nullable [][] sets;

  /** What may stand behind an item that may give bytes back; null where that is not known. */
  final @Nullable Lookahead[] behind;

  /** What is wrong with the text, null for nothing. */
  final @Nullable String mistake;

  /** How many captures the items open. */
  final int captures;

  /** The bytes one of which each match begins with; null where that is not known. */
  final long @Nullable [] first;

  /** The byte each match begins with, -1 where there are several. */
  final int firstByte;

  /** How many bytes after the first {@link #secondByte} stands in each match; 0 where unknown. */
  final int distance;

  final int secondByte;

  /** Whether an empty match at the subject's end is possible although there are first bytes. */
  final boolean emptyAtEnd;

  /**
   * The item at the beginning that takes a run of bytes, where no match begins inside a run at
   * whose begin none begins; -1 for none.
   */
  final int leadingRun;

  /** Whether the pattern is one item that takes single bytes and nothing else. */
  final boolean single;

  Pattern(LuaString text, boolean caretIsByte) {
    this.text = text;
    this.caretIsByte = caretIsByte;
    this.anchored = hasCaret(text) && !caretIsByte;
    PatternReader reader = new PatternReader(text, anchored ? 1 : 0);
    this.kinds = reader.kinds;
    this.bytes = reader.bytes;
    this.sets = reader.sets;
    this.mistake = reader.mistake;
    this.captures = reader.captures;
    Lookahead start = Lookahead.from(0, kinds, bytes, sets);
    this.first = start == null || start.isAnything() ? null : start.set();
    this.firstByte = start == null ? -1 : start.onlyByte();
    this.emptyAtEnd = start != null && start.end();
    this.behind = new Lookahead[kinds.length];
    settle();
    this.distance = kinds[0] == ONE && firstByte >= 0 ? literals() - 1 : 0;
    this.secondByte = distance > 0 ? bytes[distance] : -1;
    this.leadingRun = leadingRun();
    int kind = kinds[0];
    this.single =
        kinds.length == 2 && kinds[1] == END && (kind == ONE || kind == RUN || kind == RUN_OF_ONE);
  }

  /** Finds out what stands behind each item, and which items need not give back. */
  private void settle() {
    // an item more never nests deeper than one: of so few none is too complex, at whatever order
    boolean shallow = kinds.length < MAX_DEPTH;
    for (int p = kinds.length - 2; p >= 0; p--) {
      int kind = kinds[p];
      if (kind < OPTIONAL || kind > SHORTEST) {
        continue;
      }
      if (!shallow) {
        if (kinds[p + 1] == END && (kind == LONGEST || kind == LONGEST_OF_ONE)) {
          kinds[p] = settled(kind);
          continue;
        }
        boolean literal = kinds[p + 1] == ONE || kinds[p + 1] == LONGEST_OF_ONE;
        behind[p] = literal && bytes[p + 1] >= 0 ? next(p + 1) : null;
        continue;
      }
      Lookahead next = next(p + 1);
      boolean disjoint = next != null && next.isWithout(bytes[p], sets[p]);
      if (disjoint || kind != SHORTEST && endsAfter(p)) {
        kinds[p] = settled(kind);
      } else if (next != null && !next.isAnything()) {
        behind[p] = next;
      }
    }
  }

  private @Nullable Lookahead next(int item) {
    return Lookahead.from(item, kinds, bytes, sets);
  }

  private static byte settled(int kind) {
    return (byte) (kind == OPTIONAL ? PRESENT : kind == LONGEST_OF_ONE ? RUN_OF_ONE : RUN);
  }

  /** Tells whether nothing but the ends of captures stands behind an item. */
  private boolean endsAfter(int item) {
    int p = item + 1;
    while (kinds[p] == CLOSE || kinds[p] == OPEN || kinds[p] == POSITION) {
      p++;
    }
    return kinds[p] == END;
  }

  /** Returns how many items at the beginning are one byte each. */
  private int literals() {
    int n = 0;
    while (kinds[n] == ONE && bytes[n] >= 0) {
      n++;
    }
    return n;
  }

  private int leadingRun() {
    int p = 0;
    while (kinds[p] == OPEN || kinds[p] == POSITION) {
      p++;
    }
    if (kinds[p] != RUN && kinds[p] != RUN_OF_ONE) {
      return -1;
    }
    for (byte kind : kinds) {
      if (kind == BACK_REFERENCE) {
        return -1;
      }
    }
    return p;
  }

  /**
   * Searches for the first match of a {@link #single} pattern.
   *
   * @return where it begins, an index into the array; -1 where there is none
   */
  int find(byte[] subject, int from, int stop) {
    if (kinds[0] == RUN) {
      return from;
    }
    if (anchored) {
      return from < stop && takes(0, subject[from] & 0xFF) ? from : -1;
    }
    int only = bytes[0];
    return only >= 0
        ? ByteSearch.indexOf(subject, (byte) only, from, stop)
        : ByteSearch.indexOf(subject, sets[0], from, stop);
  }

  /** Returns where the match of a {@link #single} pattern that begins at a place ends. */
  int end(byte[] subject, int at, int stop) {
    return kinds[0] == ONE ? at + 1 : endOfRun(0, subject, at, stop);
  }

  /** Returns where the run of bytes that an item takes ends. */
  int endOfRun(int item, byte[] subject, int from, int stop) {
    long[] set = sets[item];
    if (set == null) {
      return ByteSearch.endOfRun(subject, (byte) bytes[item], from, stop);
    }
    return set == ANY ? stop : ByteSearch.endOfRun(subject, set, from, stop);
  }

  /** Tells whether this is what a text reads as. */
  boolean isOf(LuaString other, boolean asByte) {
    return caretIsByte == asByte && (text == other || text.raweq(other));
  }

  static boolean hasCaret(LuaString text) {
    return text.m_length > 0 && text.luaByte(0) == '^';
  }

  /** Tells whether an item that takes single bytes takes this one. */
  boolean takes(int item, int b) {
    int only = bytes[item];
    return only >= 0 ? only == b : has(sets[item], b);
  }

  static boolean has(long[] set, int b) {
    return (set[b >> 6] >>> b & 1) != 0;
  }
}
