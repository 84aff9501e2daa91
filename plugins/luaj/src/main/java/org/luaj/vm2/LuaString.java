package org.luaj.vm2;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string of bytes. Immutable; any thread.
 *
 * <p>{@link #valueOf(String)} and {@link #tojstring()} mean UTF-8, as in LuaJ; {@link
 * #latin1(String)} and {@link #toLatin1()} take a char for a byte and are the fast way for text
 * from a wire. The hash covers all bytes, is seeded anew in each process, and computed when first
 * asked for.
 */
public final class LuaString extends LuaValue {
  public final byte[] m_bytes;
  public final int m_offset;
  public final int m_length;

  /** The hash, 0 until it is computed: writes race with equal values only. */
  private int hash;

  LuaString(byte[] bytes, int offset, int length) {
    m_bytes = bytes;
    m_offset = offset;
    m_length = length;
  }

  /**
   * Returns the string for a name in a program: of a metamethod, of a library's function. It is the
   * one object all VMs share and constants of chunks are, so that a look-up of it succeeds by
   * identity. Kept for ever: not for names that come from outside.
   */
  public static LuaString wellKnown(String name) {
    return ConstantStrings.shared(latin1(name));
  }

  /** Returns the UTF-8 bytes of a text; an unpaired surrogate becomes its three byte form. */
  public static LuaString valueOf(String text) {
    int n = text.length();
    for (int i = 0; i < n; i++) {
      if (text.charAt(i) >= 0x80) {
        byte[] bytes = Utf8.encode(text);
        return valueUsing(bytes, 0, bytes.length);
      }
    }
    return latin1(text);
  }

  /** Returns the string whose bytes are the low halves of a text's chars. */
  @SuppressWarnings("deprecation") // the one JDK method that copies a compact string's bytes
  public static LuaString latin1(String text) {
    int n = text.length();
    if (n == 0) {
      return ConstantStrings.EMPTY;
    }
    byte[] bytes = new byte[n];
    text.getBytes(0, n, bytes, 0);
    return new LuaString(bytes, 0, n);
  }

  /** Returns a string of a copy of the bytes. */
  public static LuaString valueOf(byte[] bytes) {
    return valueOf(bytes, 0, bytes.length);
  }

  public static LuaString valueOf(byte[] bytes, int offset, int length) {
    return length == 0
        ? ConstantStrings.EMPTY
        : new LuaString(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
  }

  public static LuaString valueOf(char[] chars) {
    return valueOf(new String(chars));
  }

  public static LuaString valueOf(char[] chars, int offset, int length) {
    return valueOf(new String(chars, offset, length));
  }

  /** Returns a string of these very bytes, which must not be written afterwards. */
  public static LuaString valueUsing(byte[] bytes) {
    return valueUsing(bytes, 0, bytes.length);
  }

  public static LuaString valueUsing(byte[] bytes, int offset, int length) {
    return length == 0 ? ConstantStrings.EMPTY : new LuaString(bytes, offset, length);
  }

  @Override
  public int type() {
    return TSTRING;
  }

  @Override
  public String typename() {
    return "string";
  }

  @Override
  public boolean isstring() {
    return true;
  }

  @Override
  public LuaValue getmetatable() {
    return Globals.current().stringMetatable;
  }

  /** Returns the text the bytes are in UTF-8; bytes that are not become U+FFFD. */
  @Override
  public String tojstring() {
    for (int i = m_offset, end = m_offset + m_length; i < end; i++) {
      if (m_bytes[i] < 0) {
        return new String(m_bytes, m_offset, m_length, StandardCharsets.UTF_8);
      }
    }
    return toLatin1();
  }

  /** Returns the text with a char for each byte. */
  public String toLatin1() {
    return new String(m_bytes, m_offset, m_length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String checkjstring() {
    return tojstring();
  }

  @Override
  public LuaString checkstring() {
    return this;
  }

  @Override
  public LuaString strvalue() {
    return this;
  }

  @Override
  public LuaValue tostring() {
    return this;
  }

  @Override
  public LuaValue tonumber() {
    return NumberParser.parse(m_bytes, m_offset, m_length);
  }

  /** Returns the number the string reads as in a base from 2 to 36, or NIL. */
  public LuaValue tonumber(int base) {
    return base == 10 ? tonumber() : NumberParser.parse(this, base);
  }

  @Override
  public boolean isnumber() {
    return !tonumber().isnil();
  }

  @Override
  public LuaNumber checknumber() {
    return tonumber() instanceof LuaNumber n ? n : (LuaNumber) wrong("number");
  }

  @Override
  public LuaNumber checknumber(String message) {
    return tonumber() instanceof LuaNumber n ? n : super.checknumber(message);
  }

  @Override
  public boolean isint() {
    return tonumber().isint();
  }

  @Override
  public boolean islong() {
    return tonumber().islong();
  }

  @Override
  public double todouble() {
    return tonumber().todouble();
  }

  @Override
  public int toint() {
    return tonumber().toint();
  }

  @Override
  public long tolong() {
    return tonumber().tolong();
  }

  @Override
  public LuaValue len() {
    return LuaInteger.valueOf(m_length);
  }

  @Override
  public int length() {
    return m_length;
  }

  @Override
  public int rawlen() {
    return m_length;
  }

  /** Returns the byte at an index from 0, as 0 to 255. */
  public int luaByte(int index) {
    return m_bytes[m_offset + index] & 0xFF;
  }

  public int charAt(int index) {
    if (index < 0 || index >= m_length) {
      throw new IndexOutOfBoundsException(index);
    }
    return luaByte(index);
  }

  /**
   * Returns the bytes from a begin to before an end, both from 0. Short pieces of long strings are
   * copied, so that they do not keep the whole alive.
   */
  public LuaString substring(int begin, int end) {
    int length = end - begin;
    if (length == m_length) {
      return this;
    }
    if (length < 64 || length < m_bytes.length / 2) {
      return valueOf(m_bytes, m_offset + begin, length);
    }
    return new LuaString(m_bytes, m_offset + begin, length);
  }

  @Override
  public int hashCode() {
    int h = hash;
    return h != 0 ? h : (hash = StringHash.of(m_bytes, m_offset, m_length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LuaString s && sameBytes(s);
  }

  @Override
  public boolean raweq(LuaValue other) {
    return other instanceof LuaString s && sameBytes(s);
  }

  @Override
  public boolean raweq(LuaString other) {
    return sameBytes(other);
  }

  @Override
  public boolean eq_b(LuaValue other) {
    return raweq(other);
  }

  boolean sameBytes(LuaString s) {
    if (s == this) {
      return true;
    }
    int n = m_length;
    if (s.m_length != n || (hash != 0 && s.hash != 0 && hash != s.hash)) {
      return false;
    }
    if (n == 0) {
      return true;
    }
    byte[] mine = m_bytes;
    byte[] other = s.m_bytes;
    int i = m_offset;
    int j = s.m_offset;
    // most strings that differ do so at an end
    if (mine[i] != other[j] || mine[i + n - 1] != other[j + n - 1]) {
      return false;
    }
    return n <= 2 || Arrays.equals(mine, i, i + n, other, j, j + n);
  }

  /** Compares byte by byte, unsigned; negative, zero or positive. */
  public int compare(LuaString s) {
    return Arrays.compareUnsigned(
        m_bytes, m_offset, m_offset + m_length, s.m_bytes, s.m_offset, s.m_offset + s.m_length);
  }

  @Override
  public int strcmp(LuaString other) {
    return compare(other);
  }

  public InputStream toInputStream() {
    return new ByteArrayInputStream(m_bytes, m_offset, m_length);
  }

  /** Copies bytes from an offset of this string into an array. */
  public void copyInto(int from, byte[] target, int offset, int length) {
    System.arraycopy(m_bytes, m_offset + from, target, offset, length);
  }

  /** Returns a copy of the bytes. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(m_bytes, m_offset, m_offset + m_length);
  }

  /** Returns the first index from a start at which a byte stands, -1 where there is none. */
  public int indexOf(byte b, int start) {
    int at = ByteSearch.indexOf(m_bytes, b, m_offset + start, m_offset + m_length);
    return at < 0 ? -1 : at - m_offset;
  }

  /** Returns the first index from a start at which a string stands, -1 where there is none. */
  public int indexOf(LuaString s, int start) {
    int n = s.m_length;
    if (n == 0) {
      return start;
    }
    if (n == 1) {
      return indexOf(s.m_bytes[s.m_offset], start);
    }
    byte[] mine = m_bytes;
    byte first = s.m_bytes[s.m_offset];
    byte last = s.m_bytes[s.m_offset + n - 1];
    int stop = m_offset + m_length;
    for (int at = m_offset + start; ; at++) {
      at = ByteSearch.indexOfPair(mine, first, last, n - 1, at, stop);
      if (at < 0) {
        return -1;
      }
      if (n == 2 || Arrays.equals(mine, at, at + n, s.m_bytes, s.m_offset, s.m_offset + n)) {
        return at - m_offset;
      }
    }
  }

  /** Returns the last index at which a string stands, -1 where there is none. */
  public int lastIndexOf(LuaString s) {
    int n = s.m_length;
    for (int i = m_length - n; i >= 0; i--) {
      int at = m_offset + i;
      if (Arrays.equals(m_bytes, at, at + n, s.m_bytes, s.m_offset, s.m_offset + n)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the first index at which any byte of a set stands, -1 where there is none. */
  public int indexOfAny(LuaString set) {
    for (int i = 0; i < m_length; i++) {
      if (set.indexOf(m_bytes[m_offset + i], 0) >= 0) {
        return i;
      }
    }
    return -1;
  }

  public boolean isValidUtf8() {
    return Utf8.isValid(m_bytes, m_offset, m_length);
  }
}
