package moonphase.ngx;

import java.util.ArrayList;
import java.util.List;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxFunction;
import moonphase.lua.PreloadModule;
import moonphase.spi.LogLevel;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;
import org.osgi.service.component.annotations.Component;

/**
 * The modules of lua-resty-core that scripts name in {@code require}. What {@code resty.core} puts
 * into {@code ngx} is there from the start, so it only has to be found.
 *
 * <p>Source: lua-resty-core: resty.core, ngx.req, ngx.process, ngx.errlog.
 */
@Component
public final class RestyModules implements PreloadModule {
  /** What the modules say they are. */
  static final String VERSION = "0.1.25";

  private static final List<String> CORE =
      List.of(
          "resty.core",
          "resty.core.base64",
          "resty.core.coroutine",
          "resty.core.ctx",
          "resty.core.exit",
          "resty.core.hash",
          "resty.core.misc",
          "resty.core.ndk",
          "resty.core.param",
          "resty.core.phase",
          "resty.core.regex",
          "resty.core.request",
          "resty.core.response",
          "resty.core.shdict",
          "resty.core.socket",
          "resty.core.time",
          "resty.core.uri",
          "resty.core.utils",
          "resty.core.var",
          "resty.core.worker");

  /** Used by the framework. */
  public RestyModules() {}

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(CORE);
    names.addAll(
        List.of(
            "resty.core.base",
            "ngx.semaphore",
            "ngx.req",
            "ngx.resp",
            "ngx.base64",
            "ngx.process",
            "ngx.errlog"));
    return names;
  }

  @Override
  public LuaValue open(LuaVm vm, String name) {
    LuaTable module =
        switch (name) {
          case "ngx.semaphore" -> Semaphore.module(vm);
          case "resty.core.base" -> base(vm);
          case "ngx.req" -> table(vm, "add_header", NgxRequestHeaders::addHeader);
          case "ngx.resp" -> table(vm, "add_header", NgxResponseHeaders::addHeader);
          case "ngx.base64" -> base64(vm);
          case "ngx.process" -> process(vm);
          case "ngx.errlog" -> errlog(vm);
          default -> new LuaTable();
        };
    module.rawset(LuaText.lua("version"), LuaText.lua(VERSION));
    return module;
  }

  private static LuaTable base(LuaVm vm) {
    LuaTable module =
        table(vm, "new_tab", (run, args) -> new LuaTable(args.optint(1, 0), args.optint(2, 0)));
    set(
        module,
        vm,
        "clear_tab",
        (run, args) -> {
          args.checktable(1).clear();
          return LuaValue.NONE;
        });
    set(
        module,
        vm,
        "allows_subsystem",
        (run, args) -> {
          for (int i = 1; i <= args.narg(); i++) {
            if (LuaText.latin1(args.arg(i).tostring()).equals("http")) {
              return LuaValue.NONE;
            }
          }
          throw new LuaError("unsupported subsystem: http");
        });
    set(
        module,
        vm,
        "get_request",
        (run, args) -> run.hasRequest() ? run.vm().ngxNull() : LuaValue.NIL);
    module.rawset(LuaText.lua("FFI_OK"), LuaValue.valueOf(0));
    module.rawset(LuaText.lua("FFI_ERROR"), LuaValue.valueOf(-1));
    module.rawset(LuaText.lua("FFI_DECLINED"), LuaValue.valueOf(-5));
    return module;
  }

  private static LuaTable base64(LuaVm vm) {
    LuaTable module =
        table(vm, "encode_base64url", (run, args) -> NgxString.encodeBase64Url(args.arg1()));
    set(module, vm, "decode_base64url", (run, args) -> NgxString.decodeBase64Url(args.arg1()));
    return module;
  }

  private static LuaTable process(LuaVm vm) {
    LuaTable module = table(vm, "type", (run, args) -> LuaText.lua(type(run)));
    set(
        module,
        vm,
        "get_master_pid",
        (run, args) -> LuaValue.valueOf((double) ProcessHandle.current().pid()));
    return module;
  }

  private static String type(LuaRun run) {
    return run.vm().generation().workers().size() == 1 ? "single" : "worker";
  }

  private static LuaTable errlog(LuaVm vm) {
    LuaTable module = table(vm, "raw_log", (run, args) -> rawLog(run, args));
    set(module, vm, "get_sys_filter_level", (run, args) -> LuaValue.valueOf(level(run)));
    return module;
  }

  private static Varargs rawLog(LuaRun run, Varargs args) {
    LuaValue level = args.arg1();
    if (level.type() != LuaValue.TNUMBER) {
      throw new LuaError("bad argument #1 to 'raw_log' (must be a number)");
    }
    if (args.arg(2).type() != LuaValue.TSTRING) {
      throw new LuaError("bad argument #2 to 'raw_log' (must be a string)");
    }
    LogLevel[] levels = LogLevel.values();
    if (level.toint() < 0 || level.toint() >= levels.length) {
      throw new LuaError("bad log level");
    }
    run.log().log(levels[level.toint()], LuaText.latin1(args.arg(2)));
    return LuaValue.NONE;
  }

  /** The least urgent level that is written. */
  private static int level(LuaRun run) {
    int level = LogLevel.values().length - 1;
    while (level > 0 && !run.log().isEnabled(LogLevel.values()[level])) {
      level--;
    }
    return level;
  }

  private static LuaTable table(LuaVm vm, String name, NgxFunction.Body body) {
    LuaTable module = new LuaTable();
    set(module, vm, name, body);
    return module;
  }

  private static void set(LuaTable module, LuaVm vm, String name, NgxFunction.Body body) {
    module.rawset(
        LuaText.lua(name),
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            return body.call(vm.run(), args);
          }
        });
  }
}
