package moonphase.ngx;

import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Query strings as tables and back. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_parse_args, ngx_http_lua_process_args_option.
 */
final class QueryArgs {
  private QueryArgs() {}

  /**
   * Reads a query string into a table: an argument given twice is a list, one without a value is
   * true, one without a name is left out.
   *
   * @param into is filled
   * @param max arguments that are read; 0 for all
   * @return whether there were more than {@code max}
   */
  static boolean parse(LuaString text, LuaTable into, int max) {
    byte[] bytes = text.m_bytes;
    int end = text.m_offset + text.m_length;
    int count = 0;
    for (int at = text.m_offset; at < end; ) {
      int stop = at;
      int equals = -1;
      while (stop < end && bytes[stop] != '&') {
        if (bytes[stop] == '=' && equals < 0) {
          equals = stop;
        }
        stop++;
      }
      int nameEnd = equals < 0 ? stop : equals;
      if (nameEnd > at) {
        add(
            into,
            UriText.unescape(bytes, at, nameEnd),
            equals < 0 ? LuaValue.TRUE : UriText.unescape(bytes, equals + 1, stop));
      }
      at = stop + 1;
      if (stop < end && max > 0 && ++count == max) {
        return true;
      }
    }
    return false;
  }

  /** Adds a value to those a name has. */
  static void add(LuaTable into, LuaString name, LuaValue value) {
    LuaValue before = into.rawget(name);
    if (before.isnil()) {
      into.rawset(name, value);
    } else if (before.istable()) {
      LuaTable list = before.checktable();
      list.rawset(list.rawlen() + 1, value);
    } else {
      LuaTable list = new LuaTable();
      list.rawset(1, before);
      list.rawset(2, value);
      into.rawset(name, list);
    }
  }

  /**
   * Writes a table as a query string, in the table's order.
   *
   * @throws LuaError if a name is no string, or a value none that can be written
   */
  static LuaString encode(LuaTable args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Varargs entry = args.next(LuaValue.NIL);
        !entry.arg1().isnil();
        entry = args.next(entry.arg1())) {
      LuaValue name = entry.arg1();
      if (name.type() != LuaValue.TSTRING) {
        throw new LuaError("attempt to use a non-string key in the \"args\" option table");
      }
      LuaString escaped = UriText.escapeComponent(name.checkstring());
      LuaValue value = entry.arg(2);
      if (!value.istable()) {
        write(out, escaped, value);
        continue;
      }
      LuaTable list = value.checktable();
      for (Varargs item = list.next(LuaValue.NIL);
          !item.arg1().isnil();
          item = list.next(item.arg1())) {
        write(out, escaped, item.arg(2));
      }
    }
    return LuaString.valueUsing(out.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, LuaString name, LuaValue value) {
    switch (value.type()) {
      case LuaValue.TBOOLEAN -> {
        if (value.toboolean()) {
          begin(out, name);
        }
      }
      case LuaValue.TSTRING, LuaValue.TNUMBER -> {
        begin(out, name);
        out.write('=');
        LuaString text = UriText.escapeComponent(value.checkstring());
        out.write(text.m_bytes, text.m_offset, text.m_length);
      }
      default -> throw new LuaError("attempt to use " + value.typename() + " as query arg value");
    }
  }

  private static void begin(ByteArrayOutputStream out, LuaString name) {
    if (out.size() > 0) {
      out.write('&');
    }
    out.write(name.m_bytes, name.m_offset, name.m_length);
  }
}
