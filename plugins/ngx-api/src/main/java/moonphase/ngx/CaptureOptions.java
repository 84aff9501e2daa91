package moonphase.ngx;

import java.util.LinkedHashMap;
import java.util.Map;
import moonphase.lua.LuaText;
import moonphase.spi.Subrequest;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What a script asks of one subrequest. Immutable.
 *
 * @param uri the target, its query string included
 * @param args a further query string; empty for none
 * @param method for example {@code GET}; empty if {@code methodBit} stands for none
 * @param methodBit the number that a script gave for the method
 * @param body its body; null: the parent's, or none
 * @param isForwardingBody {@code always_forward_body}
 * @param sharing how its variables relate to the parent's
 * @param variables variables to set in it
 * @param ctx its {@code ngx.ctx}; null for one of its own
 */
record CaptureOptions(
    String uri,
    String args,
    String method,
    int methodBit,
    byte @Nullable [] body,
    boolean isForwardingBody,
    Subrequest.Sharing sharing,
    Map<String, String> variables,
    @Nullable LuaTable ctx) {

  /** Reads the query of number {@code index}, from 0: a table of URI and options. */
  static CaptureOptions of(LuaValue query, int index) {
    if (query.isnil()) {
      throw new LuaError("only array-like tables are allowed");
    }
    if (!query.istable()) {
      throw new LuaError(
          "the query argument " + index + " is not a table, but a " + query.typename());
    }
    int count = query.checktable().rawlen();
    if (count != 1 && count != 2) {
      throw new LuaError("query argument " + index + " expecting one or two arguments");
    }
    LuaValue options = query.get(2);
    if (count == 2 && !options.istable()) {
      throw new LuaError(
          "expecting table as the 2nd argument for subrequest "
              + index
              + ", but got "
              + options.typename());
    }
    LuaTable table = count == 2 ? options.checktable() : new LuaTable();
    return new CaptureOptions(
        LuaText.latin1(query.get(1)),
        args(option(table, "args")),
        method(option(table, "method")),
        option(table, "method").isnil() ? 2 : option(table, "method").toint(),
        body(option(table, "body")),
        option(table, "always_forward_body").toboolean(),
        sharing(table),
        variables(option(table, "vars")),
        ctx(option(table, "ctx")));
  }

  private static LuaValue option(LuaTable options, String name) {
    return options.get(LuaText.lua(name));
  }

  private static String args(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TTABLE -> LuaText.latin1(QueryArgs.encode(value.checktable()));
      case LuaValue.TNIL -> "";
      case LuaValue.TNUMBER, LuaValue.TSTRING -> LuaText.latin1(value);
      default -> throw new LuaError("Bad args option value");
    };
  }

  private static String method(LuaValue value) {
    if (value.isnil()) {
      return "GET";
    }
    if (value.type() != LuaValue.TNUMBER) {
      throw new LuaError("Bad http request method");
    }
    int index = Integer.numberOfTrailingZeros(value.toint()) - 1;
    if (index < 0 || index >= NgxConst.METHODS.length || value.toint() != 2 << index) {
      return "";
    }
    return NgxConst.METHODS[index];
  }

  private static byte @Nullable [] body(LuaValue value) {
    if (value.isnil()) {
      return null;
    }
    if (value.type() != LuaValue.TSTRING && value.type() != LuaValue.TNUMBER) {
      throw new LuaError("Bad http request body");
    }
    return LuaText.bytes(value.checkstring());
  }

  private static boolean flag(LuaTable options, String name) {
    LuaValue value = option(options, name);
    if (!value.isnil() && value.type() != LuaValue.TBOOLEAN) {
      throw new LuaError("Bad " + name + " option value");
    }
    return value.toboolean();
  }

  private static Subrequest.Sharing sharing(LuaTable options) {
    boolean copies = flag(options, "copy_all_vars");
    return flag(options, "share_all_vars")
        ? Subrequest.Sharing.SHARED
        : copies ? Subrequest.Sharing.COPIED : Subrequest.Sharing.FRESH;
  }

  private static Map<String, String> variables(LuaValue value) {
    if (value.isnil()) {
      return Map.of();
    }
    if (!value.istable()) {
      throw new LuaError("Bad vars option value");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    LuaTable table = value.checktable();
    for (Varargs next = table.next(LuaValue.NIL);
        !next.arg1().isnil();
        next = table.next(next.arg1())) {
      if (next.arg1().type() != LuaValue.TSTRING) {
        throw new LuaError("attempt to use a non-string key in the \"vars\" option table");
      }
      if (!next.arg(2).isstring()) {
        throw new LuaError("attempt to use bad variable value type " + next.arg(2).typename());
      }
      variables.put(
          LuaText.latin1(next.arg1()).toLowerCase(java.util.Locale.ROOT),
          LuaText.latin1(next.arg(2)));
    }
    return variables;
  }

  private static @Nullable LuaTable ctx(LuaValue value) {
    if (value.isnil()) {
      return null;
    }
    if (!value.istable()) {
      throw new LuaError(
          "Bad ctx option value type " + value.typename() + ", expected a Lua table");
    }
    return value.checktable();
  }
}
