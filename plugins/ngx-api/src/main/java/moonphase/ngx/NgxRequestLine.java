package moonphase.ngx;

import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.LogLevel;
import moonphase.spi.Request;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * What a request line says: {@code ngx.req.get_method}, {@code set_uri}, {@code get_uri_args} and
 * their kin. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_req_method.c, ngx_http_lua_uri.c, ngx_http_lua_args.c.
 */
@Component
public final class NgxRequestLine implements NgxArea {
  private static final int MAX_ARGS = 100;

  /** Used by the framework. */
  public NgxRequestLine() {}

  private static Varargs setMethod(LuaRun run, Varargs args) {
    LuaValue method = args.arg1();
    if (method.type() != LuaValue.TNUMBER) {
      throw new LuaError("bad method number");
    }
    int index = Integer.numberOfTrailingZeros(method.toint()) - 1;
    boolean isKnown = index >= 0 && index < NgxConst.METHODS.length && method.toint() == 2 << index;
    if (!isKnown) {
      throw new LuaError("unsupported HTTP method: " + LuaText.textOf(method));
    }
    run.exchange().request().method(NgxConst.METHODS[index]);
    return LuaValue.NONE;
  }

  private static Varargs setUri(LuaRun run, Varargs args) {
    int count = args.narg();
    if (count < 1 || count > 3) {
      throw new LuaError("expecting 1, 2 or 3 arguments but seen " + count);
    }
    String uri = LuaText.latin1(args.checkstring(1));
    if (uri.isEmpty()) {
      throw new LuaError("attempt to use zero-length uri");
    }
    boolean isBinary = count == 3 && args.checkboolean(3);
    int unsafe = isBinary ? -1 : UnsafeUri.unsafeByte(uri);
    if (unsafe >= 0) {
      throw new LuaError(
          String.format("unsafe byte \"0x%02x\" in uri \"", unsafe)
              + UnsafeUri.escapeForLog(uri)
              + "\" (maybe you want to set the 'binary' argument?)");
    }
    boolean jumps = count >= 2 && args.checkboolean(2);
    if (jumps) {
      checkJump(run, uri);
    }
    Request request = run.exchange().request();
    request.uri(uri);
    request.internal(true);
    request.uriChanged(jumps);
    if (jumps) {
      run.jump();
    }
    return LuaValue.NONE;
  }

  private static void checkJump(LuaRun run, String uri) {
    LuaContext context = run.context();
    if (!context.allows(ApiGroup.JUMP)) {
      throw new LuaError("API disabled in the context of " + context);
    }
    run.log().log(LogLevel.DEBUG, "lua set uri jump to \"" + uri + "\"");
    if (run.request().pendingSubrequests() > 0) {
      throw new LuaError("attempt to abort with pending subrequests");
    }
  }

  private static Varargs setUriArgs(LuaRun run, Varargs args) {
    if (args.narg() != 1) {
      throw new LuaError("expecting 1 argument but seen " + args.narg());
    }
    LuaValue value = args.arg1();
    String text =
        switch (value.type()) {
          case LuaValue.TSTRING, LuaValue.TNUMBER -> escape(LuaText.latin1(value));
          case LuaValue.TTABLE -> LuaText.latin1(QueryArgs.encode(value.checktable()));
          default ->
              throw LuaError.argument(
                  1, "string, number, or table expected, but got " + value.typename());
        };
    run.exchange().request().args(text);
    return LuaValue.NONE;
  }

  /** Controls and blanks would end the query string on a request line. */
  private static String escape(String args) {
    StringBuilder escaped = new StringBuilder(args.length());
    for (int i = 0; i < args.length(); i++) {
      char c = args.charAt(i);
      if (c <= ' ' || c == 0x7f) {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static Varargs getUriArgs(LuaRun run, Varargs args) {
    int max = args.arg1().toboolean() ? args.checkint(1) : -1;
    LuaTable into = args.arg(2).istable() ? args.checktable(2) : new LuaTable();
    into.clear();
    return parse(run, LuaText.lua(run.exchange().request().args()), max, into);
  }

  /** Arguments as a table, and {@code truncated} if there were more. */
  static Varargs parse(LuaRun run, LuaString text, int max, LuaTable into) {
    int limit = max < 0 ? MAX_ARGS : max;
    if (QueryArgs.parse(text, into, limit)) {
      run.log().log(LogLevel.DEBUG, "lua hit query args limit " + limit);
      return LuaValue.varargsOf(into, LuaText.lua("truncated"));
    }
    return into;
  }

  private static Varargs httpVersion(LuaRun run) {
    return switch (run.exchange().request().head().version()) {
      case 9 -> LuaValue.valueOf(0.9);
      case 10 -> LuaValue.valueOf(1.0);
      case 11 -> LuaValue.valueOf(1.1);
      case 20 -> LuaValue.valueOf(2.0);
      default -> LuaValue.NIL;
    };
  }

  private static Varargs rawHeader(LuaRun run, Varargs args) {
    Request request = run.exchange().main().request();
    if (request.head().version() == 20) {
      throw new LuaError("http2 requests not supported yet");
    }
    String raw = request.head().raw();
    if (args.arg1().toboolean()) {
      raw = raw.substring(raw.indexOf('\n') + 1);
    }
    return LuaText.lua(raw);
  }

  private static NgxFunction function(String name, NgxFunction.Body body) {
    return new NgxFunction("req." + name, ApiGroup.REQUEST, body);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        function("get_method", (run, args) -> LuaText.lua(run.exchange().request().method())),
        function("set_method", NgxRequestLine::setMethod),
        function("set_uri", NgxRequestLine::setUri),
        function("set_uri_args", NgxRequestLine::setUriArgs),
        function("get_uri_args", NgxRequestLine::getUriArgs),
        function("get_query_args", NgxRequestLine::getUriArgs),
        function("http_version", (run, args) -> httpVersion(run)),
        function("raw_header", NgxRequestLine::rawHeader),
        function(
            "start_time",
            (run, args) -> LuaValue.valueOf(run.exchange().request().startMillis() / 1000.0)),
        function(
            "is_internal", (run, args) -> LuaValue.valueOf(run.exchange().request().isInternal())));
  }
}
