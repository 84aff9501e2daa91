package moonphase.luaj.lib;

import java.util.Arrays;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * A growing array of bytes, with the limit every Lua string has. One thread.
 *
 * <p>Past the limit it raises Lua's {@code not enough memory}, before allocating anything.
 */
final class ByteBuilder {
  /** The most bytes a string may have, just under Java's largest array. */
  static final int LIMIT = Integer.MAX_VALUE - 64;

  private final int limit;
  private byte[] bytes;
  private int length;

  ByteBuilder(int capacity) {
    this(capacity, LIMIT);
  }

  /** Creates a builder of at most as many bytes as a VM's strings may have. */
  ByteBuilder(int capacity, Globals vm) {
    this(capacity, vm.maxStringLength());
  }

  private ByteBuilder(int capacity, int limit) {
    this.limit = Math.min(limit, LIMIT);
    this.bytes = new byte[Math.max(Math.min(capacity, this.limit), 16)];
  }

  int length() {
    return length;
  }

  void truncate(int to) {
    length = to;
  }

  byte[] array() {
    return bytes;
  }

  /** Makes room for more bytes and returns the index where they go. */
  int grow(int more) {
    int at = length;
    long needed = (long) at + more;
    if (more >= 1 << 16) {
      Globals.current().budget.copied(more);
    }
    if (needed > bytes.length) {
      if (needed > limit) {
        throw tooLarge();
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(needed, bytes.length * 2L)));
    }
    length = (int) needed;
    return at;
  }

  static LuaError tooLarge() {
    return new LuaError(LuaValue.valueOf("not enough memory"));
  }

  ByteBuilder append(int b) {
    int at = grow(1);
    bytes[at] = (byte) b;
    return this;
  }

  ByteBuilder append(byte[] from, int offset, int count) {
    int at = grow(count);
    System.arraycopy(from, offset, bytes, at, count);
    return this;
  }

  ByteBuilder append(LuaString s) {
    return append(s.m_bytes, s.m_offset, s.m_length);
  }

  /** Appends an integer in decimal. */
  ByteBuilder appendDecimal(long n) {
    if (n == Long.MIN_VALUE) {
      return append(Long.toString(n)); // it has no absolute value
    }
    long rest = Math.abs(n);
    int at = grow((n < 0 ? 1 : 0) + decimalDigits(rest));
    if (n < 0) {
      bytes[at] = '-';
    }
    int i = length;
    do {
      long tenth = rest / 10;
      bytes[--i] = (byte) ('0' + (int) (rest - tenth * 10));
      rest = tenth;
    } while (rest != 0);
    return this;
  }

  /** Returns how many digits a number of zero or more has. */
  static int decimalDigits(long n) {
    int digits = 1;
    for (long rest = n; rest >= 10; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** Appends an unsigned integer in small hexadecimal digits. */
  ByteBuilder appendHexadecimal(long n) {
    grow(hexadecimalDigits(n));
    int i = length;
    long rest = n;
    do {
      int digit = (int) rest & 15;
      bytes[--i] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
      rest >>>= 4;
    } while (rest != 0);
    return this;
  }

  static int hexadecimalDigits(long n) {
    return Math.max((67 - Long.numberOfLeadingZeros(n)) >> 2, 1);
  }

  /** Appends a text of chars below 256, a byte each. */
  @SuppressWarnings("deprecation") // the one JDK method that copies a compact string's bytes
  ByteBuilder append(String text) {
    int n = text.length();
    int at = grow(n);
    text.getBytes(0, n, bytes, at);
    return this;
  }

  ByteBuilder fill(int b, int count) {
    if (count > 0) {
      int at = grow(count);
      Arrays.fill(bytes, at, at + count, (byte) b);
    }
    return this;
  }

  /** Returns the bytes as a string. The builder must not be used afterwards. */
  LuaString finish() {
    return bytes.length - length > length / 4 + 32
        ? LuaString.valueOf(bytes, 0, length)
        : LuaString.valueUsing(bytes, 0, length);
  }
}
