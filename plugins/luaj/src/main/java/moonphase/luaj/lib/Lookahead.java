package moonphase.luaj.lib;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that may stand where an item of a pattern begins, if the pattern is to match from there
 * on. Immutable; any thread.
 *
 * <p>An item that fails at once wherever none of these bytes stands need not be tried there.
 *
 * @param set the 256 bits of the bytes
 * @param end whether the subject may end there
 */
record Lookahead(long[] set, boolean end) {
  /**
   * Reads on from an item to the first that must take a byte, through captures, which take none.
   *
   * @return null where any byte may stand, or something that is to be noticed there
   */
  static @Nullable Lookahead from(int item, byte[] kinds, int[] bytes, long @Nullable [][] sets) {
    long[] all = new long[4];
    for (int p = item; ; p++) {
      switch (kinds[p]) {
        case Pattern.OPEN, Pattern.POSITION, Pattern.CLOSE -> {}
        case Pattern.ONE, Pattern.LONGEST_OF_ONE, Pattern.RUN_OF_ONE -> {
          add(all, bytes[p], sets[p]);
          return new Lookahead(all, false);
        }
        case Pattern.OPTIONAL, Pattern.LONGEST, Pattern.SHORTEST, Pattern.PRESENT, Pattern.RUN ->
            add(all, bytes[p], sets[p]);
        case Pattern.BALANCED -> {
          add(all, bytes[p] & 0xFF, null);
          return new Lookahead(all, false);
        }
        case Pattern.SUBJECT_END -> {
          return new Lookahead(all, true);
        }
        default -> {
          return null;
        }
      }
    }
  }

  private static void add(long[] all, int b, long @Nullable [] set) {
    if (b >= 0) {
      all[b >> 6] |= 1L << b;
    } else {
      for (int i = 0; i < 4; i++) {
        all[i] |= set[i];
      }
    }
  }

  /** Tells whether none of the bytes is one that an item takes. */
  boolean isWithout(int b, long @Nullable [] taken) {
    if (b >= 0) {
      return !Pattern.has(set, b);
    }
    for (int i = 0; i < 4; i++) {
      if ((set[i] & taken[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the only byte, -1 where there are several or none. */
  int onlyByte() {
    int only = -1;
    for (int i = 0; i < 4; i++) {
      if (set[i] != 0) {
        if (only >= 0 || Long.bitCount(set[i]) > 1) {
          return -1;
        }
        only = i << 6 | Long.numberOfTrailingZeros(set[i]);
      }
    }
    return only;
  }

  /** Tells whether every byte is in it. */
  boolean isAnything() {
    return Arrays.equals(set, Pattern.ANY);
  }
}
