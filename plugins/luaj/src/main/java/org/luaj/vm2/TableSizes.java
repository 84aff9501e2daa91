package org.luaj.vm2;

/**
 * How large the parts of a table should be.
 *
 * <p>Source: Lua 5.1 manual 2.5.5 leaves it open; more than half of an array is in use.
 */
final class TableSizes {
  static final int LARGEST_ARRAY = 1 << 26;

  private TableSizes() {}

  /** Returns the capacity of a hash for so many entries, at most three quarters full. */
  static int capacityFor(int entries) {
    int capacity = 4;
    while (capacity * 3L < entries * 4L) {
      capacity <<= 1;
    }
    return capacity;
  }

  /** Counts a key among those of its power of two, where it may stand in an array. */
  static int countInt(LuaValue key, int[] powers) {
    if (key instanceof LuaInteger n && n.v > 0 && n.v <= LARGEST_ARRAY) {
      powers[32 - Integer.numberOfLeadingZeros(n.v - 1)]++;
      return 1;
    }
    return 0;
  }

  /** Returns the largest size of which more than half would be in use. */
  static int dense(LuaValue[] array, int[] powers) {
    for (LuaValue v : array) {
      if (v == null) {
        return sparse(array, powers);
      }
    }
    int total = array.length;
    int best = array.length;
    for (int p = 0; p < powers.length; p++) {
      int size = 1 << p;
      total += powers[p];
      if (size > array.length && total > size / 2) {
        best = size;
      }
    }
    return best;
  }

  private static int sparse(LuaValue[] array, int[] powers) {
    for (int i = 0; i < array.length; i++) {
      if (array[i] != null) {
        powers[32 - Integer.numberOfLeadingZeros(i)]++;
      }
    }
    int total = 0;
    int best = array.length;
    for (int p = 0; p < powers.length; p++) {
      total += powers[p];
      if (1 << p > array.length && total > (1 << p) / 2) {
        best = 1 << p;
      }
    }
    return best;
  }
}
