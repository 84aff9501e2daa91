package moonphase.luaj.lib;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/**
 * A pattern of Lua's, read once: a list of items, the last of which is {@link #END}. Immutable once
 * made; any thread.
 *
 * <p>A mistake in the text is an item too, {@link #MISTAKE}, and the last but one: whoever matches
 * notices it where it is reached and not before, as in Lua.
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

  /** The set of all bytes, {@code .}; known by identity. */
  static final long[] ANY = {-1, -1, -1, -1};

  private final LuaString text;
  private final boolean caretIsByte;

  /** Whether a match may begin at the first place tried only. */
  final boolean anchored;

  /** What each item is. */
  final byte[] kinds;

  /**
   * The byte an item that takes single bytes stands for, -1 where it has a set; the digit of a back
   * reference; the two bytes of a balanced item, the first in the low half.
   */
  final int[] bytes;

  /** The 256 bits of an item's set, null where it has none. */
  final long @Nullable [][] sets;

  /** What is wrong with the text, null for nothing. */
  final @Nullable String mistake;

  /** How many captures the items open. */
  final int captures;

  /** The bytes one of which each match begins with; null where it may be empty. */
  final long @Nullable [] first;

  /** The byte each match begins with, -1 where there are several. */
  final int firstByte;

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
    int i = 0;
    while (kinds[i] == OPEN || kinds[i] == POSITION) {
      i++;
    }
    boolean must = kinds[i] == ONE || kinds[i] == LONGEST_OF_ONE;
    this.first = must && sets[i] != ANY ? sets[i] : null;
    this.firstByte = must ? bytes[i] : -1;
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

  /** Returns the byte that must stand where an item begins, -1 where it is open. */
  int literal(int item) {
    int kind = kinds[item];
    return kind == ONE || kind == LONGEST_OF_ONE ? bytes[item] : -1;
  }
}
