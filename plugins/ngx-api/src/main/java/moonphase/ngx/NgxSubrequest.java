package moonphase.ngx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRequest;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaWait;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Subrequest;
import moonphase.spi.UriPath;
import moonphase.spi.Variables;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.location.capture} and {@code capture_multi}: subrequests whose responses a script gets
 * as tables. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_subrequest.c.
 */
@Component
public final class NgxSubrequest implements NgxArea {
  /** Used by the framework. */
  public NgxSubrequest() {}

  private static Varargs capture(LuaRun run, Varargs args) {
    if (args.narg() != 1 && args.narg() != 2) {
      throw new LuaError("expecting one or two arguments");
    }
    LuaTable query = new LuaTable(2, 0);
    query.rawset(1, args.arg1());
    if (args.narg() == 2) {
      query.rawset(2, args.arg(2));
    }
    return start(run, List.of(CaptureOptions.of(query, 0)));
  }

  private static Varargs captureMulti(LuaRun run, Varargs args) {
    if (args.narg() != 1) {
      throw new LuaError("only one argument is expected, but got " + args.narg());
    }
    LuaTable queries = args.checktable(1);
    int count = queries.rawlen();
    if (count == 0) {
      throw new LuaError("at least one subrequest should be specified");
    }
    List<CaptureOptions> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(CaptureOptions.of(queries.get(i + 1), i));
    }
    return start(run, all);
  }

  /** Subrequests under way that one thread waits for. */
  private static final class Capture {
    final LuaRun run;
    final LuaWait wait;
    final LuaValue[] results;
    int pending;

    /** Whether the script got an error, so that nobody waits for what was begun. */
    boolean isRefused;

    Capture(LuaRun run, LuaWait wait, int count) {
      this.run = run;
      this.wait = wait;
      this.results = new LuaValue[count];
      this.pending = count;
    }

    void done(int index, Exchange exchange, byte[] body, boolean truncated) {
      if (isRefused) {
        return;
      }
      results[index] = result(exchange, body, truncated);
      run.request().addPendingSubrequests(-1);
      if (--pending == 0) {
        run.log().log(LogLevel.DEBUG, "lua handle subrequest responses");
        wait.wake(LuaValue.varargsOf(results));
      }
    }
  }

  private static Varargs start(LuaRun run, List<CaptureOptions> all) {
    List<UriPath> targets = new ArrayList<>(all.size());
    for (CaptureOptions options : all) {
      UriPath target = UnsafeUri.parse(options.uri());
      if (target == null) {
        throw new LuaError("unsafe uri in argument #1: " + options.uri());
      }
      targets.add(target);
    }
    if (run.log().isEnabled(LogLevel.DEBUG)) {
      run.log().log(
          LogLevel.DEBUG,
          "lua location capture, uri:\"" + run.exchange().request().uri() + "\" c:1");
    }
    return run.await(waiting -> {
      waiting.forSubrequests();
      Capture capture = new Capture(run, waiting, all.size());
      for (int i = 0; i < all.size(); i++) {
        begin(capture, i, all.get(i), targets.get(i));
      }
    });
  }

  private static void begin(Capture capture, int index, CaptureOptions options, UriPath target) {
    LuaRun run = capture.run;
    Exchange parent = run.exchange();
    String query =
        options.args().isEmpty()
            ? target.args()
            : target.args().isEmpty() ? options.args() : target.args() + "&" + options.args();
    if (run.log().isEnabled(LogLevel.DEBUG)) {
      run.log().log(LogLevel.DEBUG, "lua http subrequest \"" + target.path() + "?" + query + "\"");
    }
    boolean forwards =
        options.body() == null
            && (options.isForwardingBody()
                || options.method().equals("PUT")
                || options.method().equals("POST")
                || !announcesBody(parent.request().headers()));
    String method = options.method();
    if (method.isEmpty()) {
      run.log().log(LogLevel.ERROR, "unsupported HTTP method: " + options.methodBit());
      throw new LuaError("failed to adjust the subrequest: -1");
    }
    Exchange begun;
    try {
      begun =
          parent.subrequest(
              new Subrequest(
                  target.path(),
                  query,
                  options.method(),
                  Optional.of(headers(parent, options, forwards)),
                  forwards ? Subrequest.Body.PARENT : Subrequest.Body.NONE,
                  Subrequest.Output.CAPTURED,
                  options.sharing(),
                  child -> {}, // it was prepared before the worker came round to it
                  (child, body, truncated) -> capture.done(index, child, body, truncated)));
    } catch (IllegalStateException e) {
      run.log().log(
          LogLevel.ERROR, "lua subrequests cycle while processing \"" + target.path() + "\"");
      throw new LuaError("failed to issue subrequest: -1");
    }
    String failure = prepare(run, begun, options);
    if (!failure.isEmpty()) {
      run.log().log(LogLevel.ERROR, failure);
      capture.isRefused = true;
      run.request().addPendingSubrequests(-index); // those begun before it
      throw new LuaError("failed to adjust the subrequest: -1");
    }
    run.request().addPendingSubrequests(1);
  }

  private static boolean announcesBody(Headers headers) {
    String length = headers.get("Content-Length");
    return length != null && !length.equals("0");
  }

  /** The parent's fields; the length is that of the subrequest's own body. */
  private static Headers headers(Exchange parent, CaptureOptions options, boolean forwards) {
    Headers headers = new Headers(parent.request().headers());
    if (forwards && parent.request().headers().contains("Content-Length")) {
      return headers;
    }
    headers.remove("Content-Length");
    byte[] body = options.body();
    if (body != null) {
      headers.remove("Transfer-Encoding");
      headers.add("Content-Length", Integer.toString(body.length));
    } else if (forwards && parent.request().body().length() > 0) {
      headers.remove("Transfer-Encoding");
      headers.add("Content-Length", Long.toString(parent.request().body().length()));
    }
    return headers;
  }

  /** Gives the subrequest what is its own; answers what is wrong, empty if nothing. */
  private static String prepare(LuaRun run, Exchange child, CaptureOptions options) {
    LuaRequest request = LuaRequest.begin(run.vm(), child);
    LuaTable ctx = options.ctx();
    if (ctx != null) {
      request.ctx(ctx);
    }
    byte[] body = options.body();
    if (body != null) {
      child.request().body().set(body);
    }
    for (Map.Entry<String, String> variable : options.variables().entrySet()) {
      String name = variable.getKey();
      Variables.Outcome outcome = child.variables().set(name, variable.getValue());
      if (outcome == Variables.Outcome.READ_ONLY) {
        return "variable \"" + name + "\" not changeable";
      }
      if (outcome == Variables.Outcome.UNKNOWN) {
        return "variable \""
            + name
            + "\" cannot be assigned a value (maybe you forgot to define it first?) ";
      }
      if (run.log().isEnabled(LogLevel.DEBUG)) {
        run.log().log(
            LogLevel.DEBUG,
            "variable \"" + name + "\" set to value \"" + variable.getValue() + "\"");
      }
    }
    return "";
  }

  private static LuaTable result(Exchange exchange, byte[] body, boolean truncated) {
    LuaTable result = new LuaTable(0, 4);
    int status = exchange.response().status();
    result.rawset(
        LuaText.lua("status"), LuaValue.valueOf(status != 0 ? status : truncated ? 500 : 200));
    result.rawset(LuaText.lua("truncated"), LuaValue.valueOf(truncated));
    result.rawset(LuaText.lua("body"), LuaText.lua(body));
    Headers headers = exchange.response().headers();
    String type = exchange.location().contentType(exchange.request().uri());
    if (!type.isEmpty() && !headers.contains("Content-Type")) {
      headers.set("Content-Type", type);
    }
    result.rawset(LuaText.lua("header"), HeaderTables.raw(headers));
    return result;
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction("location.capture", ApiGroup.SUBREQUEST, NgxSubrequest::capture),
        new NgxFunction(
            "location.capture_multi", ApiGroup.SUBREQUEST, NgxSubrequest::captureMulti));
  }
}
