package moonphase.ngx;

import java.util.Map;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import moonphase.spi.LogLevel;
import org.luaj.vm2.LuaValue;
import org.osgi.service.component.annotations.Component;

/**
 * The constants of {@code ngx}. Stateless.
 *
 * <p>Source: ngx_http_lua_consts.c, ngx_http_lua_log.c.
 */
@Component
public final class NgxConst implements NgxArea {
  private static final Map<String, Integer> CORE =
      Map.of("OK", 0, "ERROR", -1, "AGAIN", -2, "DONE", -4, "DECLINED", -5);

  /** Methods by the bit that stands for them, from 2 on. */
  static final String[] METHODS = {
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "DELETE",
    "MKCOL",
    "COPY",
    "MOVE",
    "OPTIONS",
    "PROPFIND",
    "PROPPATCH",
    "LOCK",
    "UNLOCK",
    "PATCH",
    "TRACE"
  };

  /** Used by the framework. */
  public NgxConst() {}

  private static void set(LuaVm vm, String name, int value) {
    vm.ngx().rawset(LuaText.lua(name), LuaValue.valueOf(value));
  }

  @Override
  public void install(LuaVm vm) {
    CORE.forEach((name, value) -> set(vm, name, value));
    vm.ngx().rawset(LuaText.lua("null"), vm.ngxNull());
    for (int i = 0; i < METHODS.length; i++) {
      set(vm, "HTTP_" + METHODS[i], 2 << i);
    }
    STATUSES.forEach((name, value) -> set(vm, "HTTP_" + name, value));
    for (LogLevel level : LogLevel.values()) {
      set(vm, level == LogLevel.ERROR ? "ERR" : level.name(), level.ordinal());
    }
  }

  private static final Map<String, Integer> STATUSES =
      Map.ofEntries(
          Map.entry("CONTINUE", 100),
          Map.entry("SWITCHING_PROTOCOLS", 101),
          Map.entry("OK", 200),
          Map.entry("CREATED", 201),
          Map.entry("ACCEPTED", 202),
          Map.entry("NO_CONTENT", 204),
          Map.entry("PARTIAL_CONTENT", 206),
          Map.entry("SPECIAL_RESPONSE", 300),
          Map.entry("MOVED_PERMANENTLY", 301),
          Map.entry("MOVED_TEMPORARILY", 302),
          Map.entry("SEE_OTHER", 303),
          Map.entry("NOT_MODIFIED", 304),
          Map.entry("TEMPORARY_REDIRECT", 307),
          Map.entry("PERMANENT_REDIRECT", 308),
          Map.entry("BAD_REQUEST", 400),
          Map.entry("UNAUTHORIZED", 401),
          Map.entry("PAYMENT_REQUIRED", 402),
          Map.entry("FORBIDDEN", 403),
          Map.entry("NOT_FOUND", 404),
          Map.entry("NOT_ALLOWED", 405),
          Map.entry("NOT_ACCEPTABLE", 406),
          Map.entry("REQUEST_TIMEOUT", 408),
          Map.entry("CONFLICT", 409),
          Map.entry("GONE", 410),
          Map.entry("UPGRADE_REQUIRED", 426),
          Map.entry("TOO_MANY_REQUESTS", 429),
          Map.entry("CLOSE", 444),
          Map.entry("ILLEGAL", 451),
          Map.entry("INTERNAL_SERVER_ERROR", 500),
          Map.entry("NOT_IMPLEMENTED", 501),
          Map.entry("METHOD_NOT_IMPLEMENTED", 501),
          Map.entry("BAD_GATEWAY", 502),
          Map.entry("SERVICE_UNAVAILABLE", 503),
          Map.entry("GATEWAY_TIMEOUT", 504),
          Map.entry("VERSION_NOT_SUPPORTED", 505),
          Map.entry("INSUFFICIENT_STORAGE", 507));
}
