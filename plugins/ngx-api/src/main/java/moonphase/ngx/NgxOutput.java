package moonphase.ngx;

import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRequest;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Chunk;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.print}, {@code say}, {@code flush}, {@code eof} and {@code send_headers}. The VM's
 * thread, stateless.
 *
 * <p>Source: ngx_http_lua_output.c.
 */
@Component
public final class NgxOutput implements NgxArea {
  private static final Varargs DONE = LuaValue.valueOf(1);
  private static final Varargs RAW_SOCKET = failure("raw request socket acquired");
  private static final Varargs HEADER_ONLY = failure("header only");
  private static final Varargs SEEN_EOF = failure("seen eof");
  private static final Varargs FILTER_ERROR = failure("nginx output filter error");
  private static final Varargs NOTHING = failure("nothing to flush");
  private static final Varargs BUFFERING = failure("buffering");
  private static final Varargs CLIENT_ABORTED = failure("client aborted");

  /** Used by the framework. */
  public NgxOutput() {}

  private static Varargs failure(String message) {
    return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua(message));
  }

  private static boolean isFailure(Verdict verdict) {
    return verdict != Verdict.OK;
  }

  private static Varargs write(LuaRun run, Varargs args, boolean newline) {
    LuaRequest request = run.request();
    Response response = request.exchange().response();
    if (request.isRawSocketTaken()) {
      return RAW_SOCKET;
    }
    if (request.isEnded() || response.isHeaderSent() && response.isHeaderOnly()) {
      return response.isHeaderOnly() ? HEADER_ONLY : SEEN_EOF;
    }
    LuaBytes bytes = gather(args, newline);
    if (bytes.length() == 0) {
      return isFailure(request.sendHeader()) ? FILTER_ERROR : DONE;
    }
    if (run.log().isEnabled(LogLevel.DEBUG)) {
      run.log().log(LogLevel.DEBUG, newline ? "lua say response" : "lua print response");
    }
    return isFailure(request.send(Chunk.of(bytes.toBytes()))) ? FILTER_ERROR : DONE;
  }

  private static LuaBytes gather(Varargs args, boolean newline) {
    int count = args.narg();
    int size = newline ? 1 : 0;
    for (int i = 1; i <= count; i++) {
      size += args.arg(i) instanceof LuaString s ? s.m_length : 8;
    }
    LuaBytes bytes = new LuaBytes(size);
    for (int i = 1; i <= count; i++) {
      LuaValue value = args.arg(i);
      if (value.istable()) {
        bytes.addArray(value.checktable(), i, false);
      } else if (!bytes.addScalar(value)) {
        throw LuaError.argument(
            i,
            "string, number, boolean, nil, ngx.null, or array table expected, but got "
                + value.typename());
      }
    }
    if (newline) {
      bytes.add((byte) '\n');
    }
    return bytes;
  }

  private static Varargs flush(LuaRun run, Varargs args) {
    if (args.narg() > 1) {
      throw new LuaError("attempt to pass " + args.narg() + " arguments, but accepted 0 or 1");
    }
    LuaRequest request = run.request();
    boolean wait = false;
    if (args.narg() == 1 && !request.exchange().isSubrequest()) {
      wait = args.checkboolean(1);
    }
    Response response = request.exchange().response();
    if (request.isRawSocketTaken()) {
      return RAW_SOCKET;
    }
    if (request.isEnded() || response.isHeaderSent() && response.isHeaderOnly()) {
      return response.isHeaderOnly() ? HEADER_ONLY : SEEN_EOF;
    }
    if (request.isGathering()) {
      run.log().log(LogLevel.DEBUG, "lua http 1.0 buffering makes ngx.flush() a no-op");
      return BUFFERING;
    }
    if (!response.isHeaderSent() || (!request.hasBodyData() && !wait)) {
      return NOTHING;
    }
    if (isFailure(request.send(Chunk.FLUSH))) {
      return FILTER_ERROR;
    }
    if (!wait) {
      run.log().log(LogLevel.DEBUG, "lua flush asynchronously");
      return DONE;
    }
    return run.await(
        waiting -> response.whenFlushed(sent -> waiting.wake(sent ? DONE : CLIENT_ABORTED)));
  }

  private static Varargs eof(LuaRun run, Varargs args) {
    if (args.narg() != 0) {
      throw new LuaError("no argument is expected");
    }
    LuaRequest request = run.request();
    if (request.isRawSocketTaken()) {
      return RAW_SOCKET;
    }
    if (request.isEnded()) {
      return SEEN_EOF;
    }
    run.log().log(LogLevel.DEBUG, "lua send eof");
    return isFailure(request.sendLast()) ? FILTER_ERROR : DONE;
  }

  private static Varargs sendHeaders(LuaRun run) {
    LuaRequest request = run.request();
    if (!request.isHeaderSent()) {
      run.log().log(LogLevel.DEBUG, "lua send headers");
      return isFailure(request.sendHeader()) ? FILTER_ERROR : DONE;
    }
    return DONE;
  }

  private static NgxFunction function(String name, NgxFunction.Body body) {
    return new NgxFunction(name, ApiGroup.OUTPUT, body);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        function("print", (run, args) -> write(run, args, false)),
        function("say", (run, args) -> write(run, args, true)),
        function("flush", NgxOutput::flush),
        function("eof", NgxOutput::eof),
        function("send_headers", (run, args) -> sendHeaders(run)));
  }
}
