package moonphase.ngx;

import java.util.List;
import java.util.Locale;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * Header fields as the tables that {@code get_headers} returns. The VM's thread.
 *
 * <p>Source: ngx_http_lua_ngx_resp_get_headers, resty.core.request.
 */
final class HeaderTables {
  /** How many fields are returned unless another number is asked for. */
  static final int MAX = 100;

  private static final String NAME_ESCAPES = "\"(),/:;?<=>@[]\\{} ";

  /** The metatable that finds {@code Foo_Bar} under {@code foo-bar}; one a VM. */
  private static final LuaVm.Slot<LuaTable> METATABLE = new LuaVm.Slot<>(vm -> metatable());

  private HeaderTables() {}

  private static LuaTable metatable() {
    LuaTable metatable = new LuaTable();
    metatable.rawset(
        LuaText.lua("__index"),
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            LuaValue key = args.arg(2);
            return key.isstring()
                ? args.checktable(1)
                    .rawget(
                        LuaText.lua(LuaText.latin1(key).toLowerCase(Locale.ROOT).replace('_', '-')))
                : LuaValue.NIL;
          }
        });
    return metatable;
  }

  /**
   * A table of fields; one that was sent more than once is a list.
   *
   * @param max the most fields; 0 for all
   * @param raw whether names are as sent, rather than in lower case
   * @param what {@code request} or {@code response}, for the debug line
   * @return the table, and {@code truncated} if there were more
   */
  static Varargs of(LuaRun run, Headers headers, int max, boolean raw, String what) {
    int limit = max < 0 ? MAX : max;
    int count = headers.size();
    boolean isTruncated = limit > 0 && count > limit;
    if (isTruncated) {
      run.log().log(
          LogLevel.DEBUG, "lua exceeding " + what + " header limit " + count + " > " + limit);
      count = limit;
    }
    LuaTable table = new LuaTable(0, count);
    for (int i = 0; i < count; i++) {
      String name = headers.name(i);
      add(
          table,
          LuaText.lua(raw ? name : name.toLowerCase(Locale.ROOT)),
          LuaText.lua(headers.value(i)));
    }
    if (!raw) {
      table.setmetatable(run.vm().slot(METATABLE));
    }
    return isTruncated ? LuaValue.varargsOf(table, LuaText.lua("truncated")) : table;
  }

  /** A plain table of all fields, names as they are. */
  static LuaTable raw(Headers headers) {
    LuaTable table = new LuaTable(0, headers.size());
    for (int i = 0; i < headers.size(); i++) {
      add(table, LuaText.lua(headers.name(i)), LuaText.lua(headers.value(i)));
    }
    return table;
  }

  private static void add(LuaTable table, LuaString name, LuaString value) {
    LuaValue before = table.rawget(name);
    if (before.isnil()) {
      table.rawset(name, value);
    } else if (before.istable()) {
      before.checktable().rawset(before.length() + 1, value);
    } else {
      LuaTable list = new LuaTable(2, 0);
      list.rawset(1, before);
      list.rawset(2, value);
      table.rawset(name, list);
    }
  }

  /** Values as a list. */
  static LuaTable list(List<String> values) {
    LuaTable list = new LuaTable(values.size(), 0);
    for (int i = 0; i < values.size(); i++) {
      list.rawset(i + 1, LuaText.lua(values.get(i)));
    }
    return list;
  }

  /** A field name with what may not stand in one percent-encoded. */
  static String escapeName(String name) {
    StringBuilder escaped = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 0x7f || NAME_ESCAPES.indexOf(c) >= 0) {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.length() == name.length() ? name : escaped.toString();
  }
}
