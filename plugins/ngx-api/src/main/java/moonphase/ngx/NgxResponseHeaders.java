package moonphase.ngx;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaConf;
import moonphase.lua.LuaRequest;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.lua.NgxProperty;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * The response's header and status: {@code ngx.header}, {@code ngx.status}, {@code
 * ngx.headers_sent}, {@code ngx.resp}. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_headers.c, ngx_http_lua_headers_out.c, resty.core.response.
 */
@Component
public final class NgxResponseHeaders implements NgxArea {
  /** Fields of which a response has one; a second value takes the place of the first. */
  private static final Set<String> SINGLE =
      Set.of(
          "server",
          "date",
          "content-encoding",
          "location",
          "refresh",
          "last-modified",
          "content-range",
          "accept-ranges",
          "www-authenticate",
          "expires",
          "e-tag",
          "etag",
          "content-length",
          "content-type");

  /** Used by the framework. */
  public NgxResponseHeaders() {}

  private static String name(LuaRun run, LuaValue key) {
    String name = LuaText.textOf(key);
    return name.indexOf('_') >= 0 && run.conf(LuaConf.KEY).get(LuaConf.TRANSFORM_UNDERSCORES)
        ? name.replace('_', '-')
        : name;
  }

  private static LuaValue get(LuaRun run, LuaValue key) {
    Headers headers = run.exchange().response().headers();
    List<String> values = headers.all(name(run, key));
    return switch (values.size()) {
      case 0 -> LuaValue.NIL;
      case 1 -> LuaText.lua(values.get(0));
      default -> HeaderTables.list(values);
    };
  }

  private static void set(LuaRun run, LuaValue key, LuaValue value) {
    LuaRequest request = run.request();
    Response response = request.exchange().response();
    if (response.isHeaderSent()) {
      run.log().log(
          LogLevel.ERROR, "attempt to set ngx.header.HEADER after sending out response headers");
      return;
    }
    String name = HeaderTables.escapeName(name(run, key));
    request.headersSet();
    if (name.equalsIgnoreCase("Content-Type")) {
      request.typeSet();
    } else if (name.equalsIgnoreCase("Location")) {
      request.exchange().attributes().put(Response.RELATIVE_LOCATION, true);
    }
    if (value.isnil()) {
      response.headers().remove(name);
    } else if (value.istable()) {
      setAll(response.headers(), name, value.checktable());
    } else {
      setOne(response.headers(), name, LuaText.textOf(value), true);
    }
  }

  /** Adds a field instead of replacing it; {@code require "ngx.resp"} has it. */
  static Varargs addHeader(LuaRun run, Varargs args) {
    LuaValue value = args.arg(2);
    if (value.isnil()) {
      throw new LuaError("invalid header value");
    }
    Headers headers = run.exchange().response().headers();
    if (run.request().isHeaderSent()) {
      run.log().log(
          LogLevel.ERROR, "attempt to set ngx.header.HEADER after sending out response headers");
      return LuaValue.NONE;
    }
    String name = HeaderTables.escapeName(name(run, args.arg1()));
    LuaTable values =
        value.istable() ? value.checktable() : LuaValue.listOf(new LuaValue[] {value});
    for (int i = 1; i <= values.length(); i++) {
      run.request().headersSet();
      setOne(headers, name, LuaText.textOf(values.get(i)), false);
    }
    return LuaValue.NONE;
  }

  private static void setAll(Headers headers, String name, LuaTable values) {
    int count = values.length();
    if (count == 0) {
      headers.remove(name);
    }
    for (int i = 1; i <= count; i++) {
      setOne(headers, name, LuaText.textOf(values.get(i)), i == 1);
    }
  }

  /** Sets a field, or adds one; an empty value removes it as nginx's own fields know it. */
  static void setOne(Headers headers, String name, String value, boolean override) {
    String field = name.toLowerCase(Locale.ROOT);
    if (field.equals("content-length") && !value.isEmpty()) {
      checkLength(value);
    }
    if (value.isEmpty()) {
      if (override) {
        headers.remove(name);
      }
      return;
    }
    String escaped = Headers.escape(value);
    if (override || SINGLE.contains(field)) {
      headers.set(name, escaped);
    } else {
      headers.add(name, escaped);
    }
  }

  private static void checkLength(String value) {
    if (!value.matches("\\d{1,18}")) {
      throw new LuaError("failed to set header");
    }
  }

  private static LuaValue status(LuaRun run) {
    return LuaValue.valueOf(run.exchange().response().status());
  }

  private static void setStatus(LuaRun run, LuaValue value) {
    Response response = run.exchange().response();
    LuaValue number = value.tonumber();
    if (number.isnil()) {
      throw new LuaError("bad argument #2 to '?' (cannot convert 'nil' to 'int')");
    }
    int status = number.toint();
    if (response.isHeaderSent()) {
      run.log().log(LogLevel.ERROR, "attempt to set ngx.status after sending out response headers");
      return;
    }
    response.status(0); // forgets the status of a special response
    response.status(status);
    response.statusLine(status == 101 ? "101 Switching Protocols" : "");
  }

  private static Varargs getHeaders(LuaRun run, Varargs args) {
    int max = args.arg1().isnil() ? HeaderTables.MAX : args.checkint(1);
    boolean raw = args.arg(2).toboolean();
    return HeaderTables.of(run, shown(run.exchange()), max, raw, "response");
  }

  /** The fields with those that nginx makes when it sends them, which come first. */
  private static Headers shown(Exchange exchange) {
    Headers headers = exchange.response().headers();
    Headers shown = new Headers();
    add(shown, "content-type", headers.get("Content-Type"));
    add(shown, "content-length", headers.get("Content-Length"));
    add(shown, "connection", exchange.variables().get("sent_http_connection"));
    add(shown, "transfer-encoding", exchange.variables().get("sent_http_transfer_encoding"));
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (!name.equalsIgnoreCase("Content-Type") && !name.equalsIgnoreCase("Content-Length")) {
        shown.add(name, headers.value(i));
      }
    }
    return shown;
  }

  private static void add(Headers headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name, value);
    }
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction("resp.get_headers", ApiGroup.REQUEST, NgxResponseHeaders::getHeaders));
  }

  @Override
  public List<NgxProperty> properties() {
    return List.of(
        new NgxProperty(
            "status",
            ApiGroup.REQUEST,
            NgxResponseHeaders::status,
            Optional.of(NgxResponseHeaders::setStatus)),
        new NgxProperty(
            "headers_sent",
            ApiGroup.REQUEST,
            run -> LuaValue.valueOf(run.request().isHeaderSent()),
            Optional.empty()),
        new NgxProperty(
            "is_subrequest",
            ApiGroup.REQUEST,
            run -> LuaValue.valueOf(run.exchange().isSubrequest()),
            Optional.empty()));
  }

  @Override
  public void install(LuaVm vm) {
    MagicTable.install(vm, "header", NgxResponseHeaders::get, NgxResponseHeaders::set);
  }
}
