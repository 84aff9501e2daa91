package moonphase.ngx;

import java.util.List;
import java.util.Set;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaConf;
import moonphase.lua.LuaRequest;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.UriPath;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * What ends a script: {@code ngx.exit}, {@code ngx.exec}, {@code ngx.redirect}; and {@code
 * ngx.on_abort}. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_control.c.
 */
@Component
public final class NgxControl implements NgxArea {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** Codes that end a request in the middle of anything. */
  private static final Set<Integer> CLOSING = Set.of(408, 444, 499);

  /** Used by the framework. */
  public NgxControl() {}

  private static Varargs exit(LuaRun run, Varargs args) {
    int status = args.checkint(1);
    if (status == -2 || status == -4) {
      throw new LuaError("bad argument to 'ngx.exit': does not accept NGX_AGAIN or NGX_DONE");
    }
    if (run.hasExchange()) {
      status = checkExit(run, status);
    }
    if (run.log().isEnabled(LogLevel.DEBUG)) {
      run.log().log(LogLevel.DEBUG, "lua exit with code " + status);
    }
    run.exit(status);
    return LuaValue.NONE;
  }

  /** The status that remains possible. */
  private static int checkExit(LuaRun run, int status) {
    LuaRequest request = run.request();
    if (request.pendingSubrequests() > 0 && status != -1 && !CLOSING.contains(status)) {
      throw new LuaError("attempt to abort with pending subrequests");
    }
    Response response = request.exchange().response();
    if (response.isHeaderSent() && status >= 300 && !CLOSING.contains(status)) {
      if (status != response.status()) {
        run.log().log(
            LogLevel.ERROR,
            "attempt to set status "
                + status
                + " via ngx.exit after sending out the response status "
                + response.status());
      }
      return 200;
    }
    return status;
  }

  private static void checkAbortable(LuaRun run) {
    if (run.request().pendingSubrequests() > 0) {
      throw new LuaError("attempt to abort with pending subrequests");
    }
  }

  private static Varargs exec(LuaRun run, Varargs args) {
    int count = args.narg();
    if (count != 1 && count != 2) {
      throw new LuaError("expecting one or two arguments, but got " + count);
    }
    String uri = LuaText.latin1(args.checkstring(1));
    if (uri.isEmpty()) {
      throw new LuaError("The uri argument is empty");
    }
    checkAbortable(run);
    UriPath target = UnsafeUri.parse(uri);
    if (target == null) {
      run.log().log(LogLevel.ERROR, "unsafe URI \"" + uri + "\" was detected");
      throw new LuaError("unsafe uri");
    }
    String given = queryArgument(args.arg(2));
    String query =
        given.isEmpty()
            ? target.args()
            : target.args().isEmpty() ? given : target.args() + "&" + given;
    if (run.request().isHeaderSent()) {
      throw new LuaError("attempt to call ngx.exec after sending out response headers");
    }
    if (run.log().isEnabled(LogLevel.DEBUG)) {
      run.log().log(LogLevel.DEBUG, "lua exec \"" + target.path() + "?" + query + "\"");
    }
    run.exec(target.path(), query);
    return LuaValue.NONE;
  }

  /** A query string given as text or as a table. */
  static String queryArgument(LuaValue value) {
    return switch (value.type()) {
      case LuaValue.TNIL -> "";
      case LuaValue.TSTRING, LuaValue.TNUMBER -> LuaText.latin1(value);
      case LuaValue.TTABLE -> LuaText.latin1(QueryArgs.encode(value.checktable()));
      default ->
          throw LuaError.argument(
              2, "string, number, or table expected, but got " + value.typename());
    };
  }

  private static Varargs redirect(LuaRun run, Varargs args) {
    int count = args.narg();
    if (count != 1 && count != 2) {
      throw new LuaError("expecting one or two arguments");
    }
    String uri = LuaText.latin1(args.checkstring(1));
    int status = count == 2 ? (int) args.checkdouble(2) : 302;
    if (!REDIRECTS.contains(status)) {
      throw new LuaError(
          "only ngx.HTTP_MOVED_TEMPORARILY, ngx.HTTP_MOVED_PERMANENTLY,"
              + " ngx.HTTP_PERMANENT_REDIRECT, ngx.HTTP_SEE_OTHER, and"
              + " ngx.HTTP_TEMPORARY_REDIRECT are allowed");
    }
    checkAbortable(run);
    LuaRequest request = run.request();
    if (request.isHeaderSent()) {
      throw new LuaError("attempt to call ngx.redirect after sending out the headers");
    }
    int unsafe = UnsafeUri.unsafeByte(uri);
    if (unsafe >= 0) {
      throw new LuaError(
          String.format("unsafe byte \"0x%02x\" in redirect uri \"", unsafe)
              + UnsafeUri.escapeForLog(uri)
              + "\"");
    }
    Headers headers = request.exchange().response().headers();
    headers.set("Location", uri);
    request.exchange().attributes().put(Response.RELATIVE_LOCATION, true);
    request.exchange().response().status(status);
    run.log().log(LogLevel.DEBUG, "lua redirect to \"" + uri + "\" with code " + status);
    run.exit(status);
    return LuaValue.NONE;
  }

  private static Varargs onAbort(LuaRun run, Varargs args) {
    if (!run.hasExchange()) {
      throw new LuaError("API disabled in the context of " + run.context());
    }
    if (!run.conf(LuaConf.KEY).isCheckingClientAbort()) {
      return failure("lua_check_client_abort is off");
    }
    return run.onAbort(args.checkfunction(1)) ? LuaValue.valueOf(1) : failure("duplicate call");
  }

  private static Varargs failure(String message) {
    return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua(message));
  }

  private static Varargs phase(LuaRun run) {
    return LuaText.lua(run.context().phaseName());
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction("exit", ApiGroup.EXIT, NgxControl::exit),
        new NgxFunction("exec", ApiGroup.OUTPUT, NgxControl::exec),
        new NgxFunction("redirect", ApiGroup.OUTPUT, NgxControl::redirect),
        new NgxFunction("on_abort", ApiGroup.CTX, NgxControl::onAbort),
        new NgxFunction("get_phase", ApiGroup.PURE, (run, args) -> phase(run)));
  }
}
