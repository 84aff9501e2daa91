package moonphase.luaj.lib;

import java.util.HashMap;
import java.util.Map;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The bytes that {@code string.buffer} makes of values and values of bytes: with the dictionaries
 * of one buffer. Immutable.
 *
 * <p>Light userdata and the numbers of FFI have tags that are refused here.
 *
 * <p>Source: LuaJIT's String Buffer Library, Serialization Format Specification.
 */
final class BufferFormat {
  static final BufferFormat PLAIN = new BufferFormat(null, null);

  private static final int NIL = 0x00;
  private static final int FALSE = 0x01;
  private static final int TRUE = 0x02;
  private static final int INTEGER = 0x06;
  private static final int NUMBER = 0x07;
  private static final int TABLE = 0x08;
  private static final int LAST_TABLE = 0x0D;
  private static final int METATABLE = 0x0E;
  private static final int KEY = 0x0F;
  private static final int STRING = 0x20;
  private static final int MAX_DEPTH = 100;

  private final Map<LuaValue, Integer> keys = new HashMap<>();
  private final Map<LuaValue, Integer> metatables = new HashMap<>();
  private final LuaTable keyList;
  private final LuaTable metatableList;

  BufferFormat(LuaTable keyList, LuaTable metatableList) {
    this.keyList = keyList;
    this.metatableList = metatableList;
    index(keyList, keys);
    index(metatableList, metatables);
  }

  private static void index(LuaTable list, Map<LuaValue, Integer> places) {
    for (int i = 1, n = list == null ? 0 : list.rawlen(); i <= n; i++) {
      places.putIfAbsent(list.rawget(i), i - 1);
    }
  }

  // Encoding.

  void encode(LuaValue v, ByteBuilder out) {
    encode(v, out, MAX_DEPTH);
  }

  private void encode(LuaValue v, ByteBuilder out, int depth) {
    switch (v) {
      case LuaString s -> string(s, out);
      case LuaNumber n -> {
        out.append(NUMBER);
        littleEndian(Double.doubleToRawLongBits(n.todouble()), 8, out);
      }
      case LuaBoolean b -> out.append(b.toboolean() ? TRUE : FALSE);
      case LuaTable t -> table(t, out, depth);
      default -> {
        if (!v.isnil()) {
          throw new LuaError("cannot serialize '" + v.typename() + "'");
        }
        out.append(NIL);
      }
    }
  }

  private void table(LuaTable t, ByteBuilder out, int depth) {
    if (depth <= 0) {
      throw new LuaError("too deep to serialize");
    }
    LuaValue metatable = t.getmetatable();
    if (metatable != null && metatables.containsKey(metatable)) {
      out.append(METATABLE);
      unsigned(metatables.get(metatable), out);
    }
    int last = t.rawlen();
    boolean zero = !t.rawget(0).isnil();
    int first = zero ? 0 : 1;
    int hash = 0;
    for (LuaValue k = t.next(LuaValue.NIL).arg1(); !k.isnil(); k = t.next(k).arg1()) {
      hash += inArray(k, first, last) ? 0 : 1;
    }
    boolean array = last >= first;
    out.append(TABLE + (hash > 0 ? 1 : 0) + (array ? zero ? 2 : 4 : 0));
    if (array) {
      unsigned(last + 1, out);
    }
    if (hash > 0) {
      unsigned(hash, out);
    }
    for (int i = first; array && i <= last; i++) {
      encode(t.rawget(i), out, depth - 1);
    }
    Varargs entry = t.next(LuaValue.NIL);
    while (!entry.arg1().isnil()) {
      LuaValue key = entry.arg1();
      if (!inArray(key, first, last)) {
        key(key, out, depth - 1);
        encode(entry.arg(2), out, depth - 1);
      }
      entry = t.next(key);
    }
  }

  private static boolean inArray(LuaValue key, int first, int last) {
    return key instanceof LuaNumber n && n.isint() && n.toint() >= first && n.toint() <= last;
  }

  private void key(LuaValue key, ByteBuilder out, int depth) {
    Integer place = key instanceof LuaString ? keys.get(key) : null;
    if (place == null) {
      encode(key, out, depth);
    } else {
      out.append(KEY);
      unsigned(place, out);
    }
  }

  private static void string(LuaString s, ByteBuilder out) {
    unsigned(STRING + s.m_length, out);
    out.append(s);
  }

  private static void unsigned(int n, ByteBuilder out) {
    if (n < 0xE0) {
      out.append(n);
    } else if (n < 0x1FE0) {
      out.append(0xE0 | n - 0xE0 >> 8).append(n - 0xE0);
    } else {
      out.append(0xFF);
      littleEndian(n, 4, out);
    }
  }

  private static void littleEndian(long bits, int count, ByteBuilder out) {
    for (int i = 0; i < count; i++) {
      out.append((int) (bits >>> 8 * i));
    }
  }

  // Decoding.

  /** Reads values from a string, one after the other. One thread. */
  final class Reader {
    private final LuaString bytes;
    private int at;

    Reader(LuaString bytes) {
      this.bytes = bytes;
    }

    int position() {
      return at;
    }

    LuaValue value() {
      int tag = unsigned();
      if (tag >= STRING) {
        return string(tag - STRING);
      }
      switch (tag) {
        case NIL:
          return LuaValue.NIL;
        case FALSE:
          return LuaValue.FALSE;
        case TRUE:
          return LuaValue.TRUE;
        case INTEGER:
          return LuaValue.valueOf((int) littleEndian(4));
        case NUMBER:
          return LuaValue.valueOf(Double.longBitsToDouble(littleEndian(8)));
        case METATABLE:
          LuaValue metatable = entry(metatableList);
          LuaValue table = value();
          return table instanceof LuaTable t ? t.setmetatable(metatable) : table;
        case KEY:
          return entry(keyList);
        default:
          if (tag >= TABLE && tag <= LAST_TABLE) {
            return table(tag - TABLE);
          }
          throw new LuaError(String.format("cannot deserialize tag 0x%02x", tag));
      }
    }

    private LuaValue entry(LuaTable list) {
      LuaValue v = list == null ? LuaValue.NIL : list.rawget(unsigned() + 1);
      if (v.isnil()) {
        throw new LuaError("invalid dictionary index");
      }
      return v;
    }

    private LuaTable table(int kind) {
      int array = kind >= 2 ? unsigned() : 0;
      int hash = (kind & 1) != 0 ? unsigned() : 0;
      need((long) Math.max(array - 1, 0) + 2L * hash);
      LuaTable t = new LuaTable(array, hash);
      for (int i = kind >= 4 ? 1 : 0; i < array; i++) {
        t.rawset(i, value());
      }
      for (int i = 0; i < hash; i++) {
        LuaValue key = value();
        t.rawset(key, value());
      }
      return t;
    }

    private LuaString string(int length) {
      need(length);
      at += length;
      return bytes.substring(at - length, at);
    }

    private int unsigned() {
      int n = octet();
      if (n < 0xE0) {
        return n;
      }
      return n < 0xFF ? ((n & 0x1F) << 8) + octet() + 0xE0 : (int) littleEndian(4);
    }

    private int octet() {
      need(1);
      return bytes.luaByte(at++);
    }

    private long littleEndian(int count) {
      need(count);
      long n = 0;
      for (int i = 0; i < count; i++) {
        n |= (long) bytes.luaByte(at++) << 8 * i;
      }
      return n;
    }

    private void need(long count) {
      if (count < 0 || count > bytes.m_length - at) {
        throw new LuaError("unexpected end of buffer");
      }
    }
  }
}
