package moonphase.ngx;

import java.util.Arrays;
import moonphase.lua.NgxNull;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Gathers Lua values as the bytes of output and log lines. The VM's thread only.
 *
 * <p>Source: ngx_http_lua_ngx_echo, ngx_http_lua_calc_strlen_in_table,
 * ngx_http_lua_copy_str_in_table.
 */
final class LuaBytes {
  private static final byte[] NIL = {'n', 'i', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private byte[] bytes;
  private int length;

  LuaBytes(int capacity) {
    bytes = new byte[capacity];
  }

  int length() {
    return length;
  }

  /** The bytes; the array is the caller's. */
  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  void add(byte b) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(32, length * 2));
    }
    bytes[length++] = b;
  }

  void add(LuaString s) {
    add(s.m_bytes, s.m_offset, s.m_length);
  }

  private void add(byte[] from, int offset, int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, length * 2));
    }
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void add(byte[] from) {
    add(from, 0, from.length);
  }

  /** Adds nil, a boolean, a number, a string or ngx.null; false if it is something else. */
  boolean addScalar(LuaValue value) {
    switch (value.type()) {
      case LuaValue.TSTRING, LuaValue.TNUMBER -> add(value.checkstring());
      case LuaValue.TNIL -> add(NIL);
      case LuaValue.TBOOLEAN -> add(value.toboolean() ? TRUE : FALSE);
      default -> {
        if (!(value instanceof NgxNull)) {
          return false;
        }
        add(NULL);
      }
    }
    return true;
  }

  /**
   * Adds what is in an array table, and in the tables within it.
   *
   * @param argument the argument's number, for messages
   * @param strict whether only strings and numbers are allowed in it
   */
  void addArray(LuaTable table, int argument, boolean strict) {
    int max = 0;
    LuaValue key = LuaValue.NIL;
    while (true) {
      key = table.next(key).arg1();
      if (key.isnil()) {
        break;
      }
      double n = key.type() == LuaValue.TNUMBER ? key.todouble() : 0;
      if (n < 1 || n != Math.floor(n)) {
        throw LuaError.argument(argument, "non-array table found");
      }
      max = Math.max(max, (int) n);
    }
    for (int i = 1; i <= max; i++) {
      LuaValue value = table.rawget(i);
      boolean isText = value.type() == LuaValue.TSTRING || value.type() == LuaValue.TNUMBER;
      if (value.istable()) {
        addArray(value.checktable(), argument, strict);
      } else if (strict && !isText || !addScalar(value)) {
        throw LuaError.argument(argument, "bad data type " + value.typename() + " found");
      }
    }
  }
}
