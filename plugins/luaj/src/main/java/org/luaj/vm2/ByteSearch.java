package org.luaj.vm2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches in arrays of bytes, eight bytes at a time where that can be. Any thread; does not block.
 *
 * <p>Places are indexes into the array; -1 is the answer where there is none.
 */
public final class ByteSearch {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

  /** Shorter ranges are searched byte by byte. */
  private static final int SHORT = 16;

  private ByteSearch() {}

  /** Returns the first place from a start to before a stop at which a byte stands. */
  public static int indexOf(byte[] bytes, byte b, int from, int stop) {
    int i = from;
    if (stop - i >= SHORT) {
      long wanted = (b & 0xFFL) * ONES;
      for (; i <= stop - 8; i += 8) {
        long found = zeros((long) LONGS.get(bytes, i) ^ wanted);
        if (found != 0) {
          return i + (Long.numberOfTrailingZeros(found) >>> 3);
        }
      }
    }
    for (; i < stop; i++) {
      if (bytes[i] == b) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the first place from a start to before a stop at which a byte stands, while another
   * stands so many bytes behind it; the other one too before the stop.
   */
  public static int indexOfPair(
      byte[] bytes, byte first, byte second, int distance, int from, int stop) {
    int i = from;
    int last = stop - distance;
    if (last - i >= SHORT) {
      long ones = (first & 0xFFL) * ONES;
      long others = (second & 0xFFL) * ONES;
      for (; i <= last - 8; i += 8) {
        long found =
            zeros(
                (long) LONGS.get(bytes, i) ^ ones | (long) LONGS.get(bytes, i + distance) ^ others);
        if (found != 0) {
          return i + (Long.numberOfTrailingZeros(found) >>> 3);
        }
      }
    }
    for (; i < last; i++) {
      if (bytes[i] == first && bytes[i + distance] == second) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the first place from a start to before a stop at which a byte of a set stands. */
  public static int indexOf(byte[] bytes, long[] set, int from, int stop) {
    for (int i = from; i < stop; i++) {
      if ((set[(bytes[i] & 0xFF) >> 6] >>> bytes[i] & 1) != 0) {
        return i;
      }
    }
    return -1;
  }

  /** Returns where the bytes of a set that begin at a start end, at the latest at a stop. */
  public static int endOfRun(byte[] bytes, long[] set, int from, int stop) {
    int i = from;
    while (i < stop && (set[(bytes[i] & 0xFF) >> 6] >>> bytes[i] & 1) != 0) {
      i++;
    }
    return i;
  }

  /** Returns where the run of a byte that begins at a start ends, at the latest at a stop. */
  public static int endOfRun(byte[] bytes, byte b, int from, int stop) {
    int i = from;
    while (i < stop && bytes[i] == b) {
      i++;
    }
    return i;
  }

  /** Returns the high bits of the bytes that are zero, and of no other. */
  private static long zeros(long x) {
    return ~((x & LOW_BITS) + LOW_BITS | x | LOW_BITS);
  }
}
