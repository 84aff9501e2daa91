package moonphase.luaj.lib;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  private byte[] bytes;
  private int length;

  ByteBuilder(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
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
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, capacity(needed, bytes.length));
    }
    length = (int) needed;
    return at;
  }

  private static int capacity(long needed, int old) {
    if (needed > LIMIT) {
      throw tooLarge();
    }
    return (int) Math.min(LIMIT, Math.max(needed, (long) old * 2));
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

  /** Appends a text of chars below 256, a byte each. */
  ByteBuilder append(String text) {
    byte[] latin1 = text.getBytes(StandardCharsets.ISO_8859_1);
    return append(latin1, 0, latin1.length);
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
