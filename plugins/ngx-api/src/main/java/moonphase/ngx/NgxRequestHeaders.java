package moonphase.ngx;

import java.util.List;
import java.util.Locale;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Headers;
import moonphase.spi.Request;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * The request's header: {@code ngx.req.get_headers}, {@code set_header}, {@code clear_header}. The
 * VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_headers.c, ngx_http_lua_headers_in.c, resty.core.request.
 */
@Component
public final class NgxRequestHeaders implements NgxArea {
  /** Used by the framework. */
  public NgxRequestHeaders() {}

  private static Varargs getHeaders(LuaRun run, Varargs args) {
    int max = args.arg1().toboolean() ? args.checkint(1) : HeaderTables.MAX;
    return HeaderTables.of(
        run, run.exchange().request().headers(), max, args.arg(2).toboolean(), "request");
  }

  private static Varargs setHeader(LuaRun run, Varargs args) {
    Request request = run.exchange().request();
    if (args.arg1().isnil()) {
      throw new LuaError("bad 'name' argument: string expected, got nil");
    }
    change(request, args.arg1(), args.arg(2), true);
    return LuaValue.NONE;
  }

  private static Varargs clearHeader(LuaRun run, Varargs args) {
    change(run.exchange().request(), args.arg1(), LuaValue.NIL, true);
    return LuaValue.NONE;
  }

  /** Adds a field instead of replacing it; {@code require "ngx.req"} has it. */
  static Varargs addHeader(LuaRun run, Varargs args) {
    if (args.arg1().isnil()) {
      throw new LuaError("bad 'name' argument: string expected, got nil");
    }
    if (args.arg(2).isnil()) {
      throw new LuaError("bad 'value' argument: string or table expected, got nil");
    }
    if (args.arg(2).istable() && args.arg(2).length() == 0) {
      throw new LuaError("bad 'value' argument: non-empty table expected");
    }
    change(run.exchange().request(), args.arg1(), args.arg(2), false);
    return LuaValue.NONE;
  }

  private static void change(Request request, LuaValue key, LuaValue value, boolean override) {
    if (request.head().version() < 10) {
      return;
    }
    Headers headers = new Headers(request.headers());
    String name = HeaderTables.escapeName(LuaText.textOf(key));
    if (value.isnil() || value.istable() && value.length() == 0) {
      headers.remove(name);
    } else if (value.istable()) {
      LuaTable values = value.checktable();
      for (int i = 1; i <= values.length(); i++) {
        put(headers, name, LuaText.textOf(values.get(i)), override && i == 1);
      }
    } else {
      put(headers, name, LuaText.textOf(value), override);
    }
    request.headers(headers);
    if (name.equalsIgnoreCase("Host")) {
      request.host(host(headers.get("Host")));
    }
  }

  private static void put(Headers headers, String name, String value, boolean override) {
    if (value.isEmpty()) {
      if (override) {
        headers.remove(name);
      }
    } else if (override) {
      headers.set(name, Headers.escape(value));
    } else {
      headers.add(name, Headers.escape(value));
    }
  }

  /** The host of a field, in lower case and without port; empty if there is none. */
  private static String host(@org.jspecify.annotations.Nullable String field) {
    if (field == null) {
      return "";
    }
    String host = field.toLowerCase(Locale.ROOT);
    int colon = host.startsWith("[") ? host.indexOf(':', host.indexOf(']')) : host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction("req.get_headers", ApiGroup.REQUEST, NgxRequestHeaders::getHeaders),
        new NgxFunction("req.set_header", ApiGroup.REQUEST, NgxRequestHeaders::setHeader),
        new NgxFunction("req.clear_header", ApiGroup.REQUEST, NgxRequestHeaders::clearHeader));
  }
}
