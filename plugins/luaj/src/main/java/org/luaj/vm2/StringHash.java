package org.luaj.vm2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * The hash of strings: all bytes, with secret multipliers drawn once a process, so that nobody can
 * prepare keys that collide.
 */
final class StringHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED;
  private static final long SECRET;

  static {
    SecureRandom random = new SecureRandom();
    SEED = random.nextLong();
    SECRET = random.nextLong() | 1;
  }

  private StringHash() {}

  /** Returns a hash that is not 0. */
  static int of(byte[] bytes, int offset, int length) {
    long h = SEED ^ length;
    int i = offset;
    int end = offset + length;
    for (; end - i > 8; i += 8) {
      h = mix(h ^ (long) LONG.get(bytes, i), SECRET);
    }
    h = mix(h ^ tail(bytes, i, end - i), SECRET);
    h = mix(h ^ SEED, 0x9E3779B97F4A7C15L);
    int folded = (int) (h ^ h >>> 32);
    return folded == 0 ? 1 : folded;
  }

  private static long tail(byte[] bytes, int at, int left) {
    if (left == 8) {
      return (long) LONG.get(bytes, at);
    }
    if (left >= 4) {
      long low = (int) INT.get(bytes, at) & 0xFFFFFFFFL;
      long high = (int) INT.get(bytes, at + left - 4) & 0xFFFFFFFFL;
      return high << 32 | low;
    }
    if (left == 0) {
      return 0;
    }
    long first = bytes[at] & 0xFF;
    long middle = bytes[at + (left >> 1)] & 0xFF;
    return first << 16 | middle << 8 | bytes[at + left - 1] & 0xFF;
  }

  private static long mix(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
