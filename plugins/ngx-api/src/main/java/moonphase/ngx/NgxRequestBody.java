package moonphase.ngx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Attributes;
import moonphase.spi.Errno;
import moonphase.spi.FilePath;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Request;
import moonphase.spi.RequestBody;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * The request's body: {@code ngx.req.read_body}, {@code get_body_data}, {@code set_body_data} and
 * their kin. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_req_body.c; ngx_http_lua_args.c for the arguments in a body.
 */
@Component
public final class NgxRequestBody implements NgxArea {
  private static final Attributes.Key<RequestBody.Writer> BUILDING =
      new Attributes.Key<>("lua body");
  private static final Attributes.Key<Boolean> DISCARDED = new Attributes.Key<>("lua discarded");

  /** Used by the framework. */
  public NgxRequestBody() {}

  private static void expect(Varargs args, int count, String words) {
    if (args.narg() != count) {
      throw new LuaError("expecting " + words + " but seen " + args.narg());
    }
  }

  private static RequestBody body(LuaRun run) {
    return run.exchange().request().body();
  }

  private static RequestBody readBody(LuaRun run) {
    if (run.request().attributes().get(DISCARDED) != null) {
      throw new LuaError("request body already discarded asynchronously");
    }
    if (!body(run).isRead()) {
      throw new LuaError("request body not read yet");
    }
    return body(run);
  }

  private static Varargs read(LuaRun run, Varargs args) {
    expect(args, 0, "0 arguments");
    run.log().log(LogLevel.DEBUG, "lua start to read buffered request body");
    Varargs status =
        run.await(waiting -> body(run).read(code -> waiting.wake(LuaValue.valueOf(code))));
    int code = status.arg1().toint();
    if (code >= 300) {
      run.log().log(
          LogLevel.DEBUG,
          "http read client request body returned error code " + code + ", exitting now");
      run.exit(code);
    }
    return LuaValue.NONE;
  }

  private static Varargs discard(LuaRun run, Varargs args) {
    expect(args, 0, "0 arguments");
    if (!body(run).isRead()) {
      run.request().attributes().put(DISCARDED, true);
    }
    body(run).discard();
    return LuaValue.NONE;
  }

  private static Varargs data(LuaRun run, Varargs args) {
    if (args.narg() > 1) {
      throw new LuaError("expecting 0 or 1 arguments but seen " + args.narg());
    }
    byte[] bytes = body(run).bytes();
    if (bytes == null || bytes.length == 0) {
      return LuaValue.NIL;
    }
    int max = args.arg1().isnil() ? 0 : args.checkint(1);
    return max > 0 && max < bytes.length ? LuaString.valueOf(bytes, 0, max) : LuaText.lua(bytes);
  }

  private static Varargs file(LuaRun run, Varargs args) {
    expect(args, 0, "0 arguments");
    Path file = body(run).file();
    return file == null ? LuaValue.NIL : LuaText.lua(FilePath.name(file));
  }

  private static Varargs setData(LuaRun run, Varargs args) {
    expect(args, 1, "1 arguments");
    byte[] bytes = LuaText.bytes(args.checkstring(1));
    readBody(run).set(bytes);
    setLength(run, bytes.length);
    return LuaValue.NONE;
  }

  private static Varargs setFile(LuaRun run, Varargs args) {
    if (args.narg() != 1 && args.narg() != 2) {
      throw new LuaError("expecting 1 or 2 arguments but seen " + args.narg());
    }
    String name = LuaText.latin1(args.checkstring(1));
    boolean delete = args.narg() == 2 && args.checkboolean(2);
    RequestBody body = readBody(run);
    try {
      String absolute = name.startsWith("/") ? name : run.vm().generation().prefix() + name;
      Path file = FilePath.of(absolute);
      long length = Files.size(file);
      if (!Files.isReadable(file)) {
        throw new LuaError("open() \"" + name + "\" failed (13: Permission denied)");
      }
      body.set(file, delete);
      setLength(run, length);
    } catch (IOException e) {
      throw new LuaError("open() \"" + name + "\" failed (" + Errno.of(e) + ")");
    } catch (InvalidPathException e) {
      throw new LuaError("open() \"" + name + "\" failed (" + Errno.of(e) + ")");
    }
    return LuaValue.NONE;
  }

  private static Varargs init(LuaRun run, Varargs args) {
    if (args.narg() > 1) {
      throw new LuaError("expecting 0 or 1 argument but seen " + args.narg());
    }
    readBody(run);
    int size = -1;
    if (args.narg() == 1) {
      size = args.checkint(1);
      if (size < 0) {
        throw new LuaError("bad size argument: " + size);
      }
    }
    run.request().attributes().put(BUILDING, body(run).write(size));
    return LuaValue.NONE;
  }

  private static RequestBody.Writer building(LuaRun run) {
    RequestBody.@Nullable Writer building = run.request().attributes().get(BUILDING);
    if (building == null) {
      throw new LuaError("request_body not initialized");
    }
    return building;
  }

  private static Varargs append(LuaRun run, Varargs args) {
    expect(args, 1, "1 arguments");
    LuaString piece = args.checkstring(1);
    RequestBody.Writer building = building(run);
    try {
      building.append(LuaText.bytes(piece));
    } catch (IOException e) {
      throw notWritten(run, e);
    }
    return LuaValue.NONE;
  }

  private static Varargs finish(LuaRun run, Varargs args) {
    expect(args, 0, "0 argument");
    RequestBody.Writer building = building(run);
    run.request().attributes().put(BUILDING, null);
    try {
      setLength(run, building.finish());
    } catch (IOException e) {
      throw notWritten(run, e);
    }
    return LuaValue.NONE;
  }

  private static LuaError notWritten(LuaRun run, IOException e) {
    run.log().log(LogLevel.CRIT, "request body not written (" + Errno.of(e) + ")");
    return new LuaError("fail to write file");
  }

  private static void setLength(LuaRun run, long length) {
    Request request = run.exchange().request();
    Headers headers = new Headers(request.headers());
    headers.set("Content-Length", Long.toString(length));
    headers.remove("Transfer-Encoding");
    request.headers(headers);
  }

  private static Varargs postArgs(LuaRun run, Varargs args) {
    if (args.narg() > 2) {
      throw new LuaError("expecting 0, 1 or 2 arguments but seen " + args.narg());
    }
    int max = args.arg1().isnil() ? -1 : args.checkint(1);
    LuaTable into = args.arg(2).istable() ? args.checktable(2) : new LuaTable();
    into.clear();
    if (run.request().attributes().get(DISCARDED) != null) {
      return into;
    }
    RequestBody body = body(run);
    if (!body.isRead()) {
      throw new LuaError("no request body found; maybe you should turn on lua_need_request_body?");
    }
    if (body.file() != null) {
      return LuaValue.varargsOf(
          LuaValue.NIL, LuaText.lua("request body in temp file not supported"));
    }
    byte[] bytes = body.bytes();
    return bytes == null ? into : NgxRequestLine.parse(run, LuaText.lua(bytes), max, into);
  }

  private static NgxFunction function(String name, NgxFunction.Body body) {
    return new NgxFunction("req." + name, ApiGroup.REQUEST, body);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction("req.read_body", ApiGroup.OUTPUT, NgxRequestBody::read),
        function("discard_body", NgxRequestBody::discard),
        function("get_body_data", NgxRequestBody::data),
        function("get_body_file", NgxRequestBody::file),
        function("set_body_data", NgxRequestBody::setData),
        function("set_body_file", NgxRequestBody::setFile),
        function("init_body", NgxRequestBody::init),
        function("append_body", NgxRequestBody::append),
        function("finish_body", NgxRequestBody::finish),
        function("get_post_args", NgxRequestBody::postArgs));
  }
}
