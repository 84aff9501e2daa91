package moonphase.luaj.lib;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;

/**
 * A string buffer of Lua's: bytes put at its end and taken from its front. One thread at a time.
 */
final class StringBuffer {
  final BufferFormat format;
  private @Nullable ByteBuilder bytes = new ByteBuilder(32);
  private int taken;

  StringBuffer(BufferFormat format) {
    this.format = format;
  }

  int length() {
    return bytes == null ? 0 : bytes.length() - taken;
  }

  /** Returns where to append. */
  ByteBuilder end() {
    if (bytes == null) {
      bytes = new ByteBuilder(32);
    }
    if (taken > 0 && taken == bytes.length()) {
      bytes.truncate(0);
      taken = 0;
    }
    return bytes;
  }

  /** Refuses what has grown past the limit of strings. */
  void check() {
    Globals.current().checkStringLength(length());
  }

  LuaString text() {
    return bytes == null
        ? LuaString.valueOf("")
        : LuaString.valueOf(bytes.array(), taken, length());
  }

  LuaString take(int count) {
    if (bytes == null || count <= 0) {
      return LuaString.valueOf("");
    }
    int n = Math.min(count, length());
    LuaString piece = LuaString.valueOf(bytes.array(), taken, n);
    taken += n;
    return piece;
  }

  void skip(int count) {
    taken += Math.min(Math.max(count, 0), length());
  }

  /** Empties the buffer; its memory is kept only where that is asked for. */
  void reset(boolean keep) {
    taken = 0;
    if (bytes != null) {
      bytes.truncate(0);
    }
    bytes = keep ? bytes : null;
  }
}
