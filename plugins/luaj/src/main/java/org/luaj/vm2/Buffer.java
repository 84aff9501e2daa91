package org.luaj.vm2;

import java.util.Arrays;

/** A growing string of bytes. Threads: one. */
public final class Buffer {
  private byte[] bytes;
  private int length;

  public Buffer() {
    this(64);
  }

  public Buffer(int capacity) {
    bytes = new byte[Math.max(capacity, 8)];
  }

  public Buffer(LuaValue first) {
    this();
    append(first);
  }

  public Buffer append(byte b) {
    room(1);
    bytes[length++] = b;
    return this;
  }

  public Buffer append(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
    return this;
  }

  public Buffer append(LuaString s) {
    return append(s.m_bytes, s.m_offset, s.m_length);
  }

  /** Appends a string or number; raises an error for other types. */
  public Buffer append(LuaValue v) {
    return append(v.strvalue());
  }

  public Buffer append(String text) {
    return append(LuaString.valueOf(text));
  }

  public int length() {
    return length;
  }

  /** Returns what was appended so far. */
  public LuaString tostring() {
    return LuaString.valueOf(bytes, 0, length);
  }

  public LuaValue value() {
    return tostring();
  }

  @Override
  public String toString() {
    return tostring().tojstring();
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      long size = Math.max((long) length + count, bytes.length * 2L);
      Globals.current().checkStringLength((long) length + count);
      bytes = Arrays.copyOf(bytes, (int) Math.min(size, Integer.MAX_VALUE - 64));
    }
  }
}
