package moonphase.ngx;

import java.nio.charset.StandardCharsets;
import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.LogLevel;
import org.luaj.vm2.CallLevel;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.VariableName;
import org.luaj.vm2.lib.VarArgFunction;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.log} and {@code print}: lines of the error log that name the script's file, line and
 * function. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_log.c.
 */
@Component
public final class NgxLog implements NgxArea {
  private static final LogLevel[] LEVELS = LogLevel.values();

  /** Used by the framework. */
  public NgxLog() {}

  private static Varargs log(LuaRun run, Varargs args) {
    int level = args.checkint(1);
    if (level < 0 || level >= LEVELS.length) {
      throw LuaError.argument(1, "bad log level: " + level);
    }
    write(run, LEVELS[level], args, 2);
    return LuaValue.NONE;
  }

  private static void write(LuaRun run, LogLevel level, Varargs args, int first) {
    if (!run.log().isEnabled(level)) {
      return;
    }
    LuaBytes text = new LuaBytes(128);
    for (int i = first; i <= args.narg(); i++) {
      add(text, args.arg(i), i - first + 1);
    }
    String message = new String(text.toBytes(), StandardCharsets.ISO_8859_1);
    run.log().log(level, "[lua] " + where(run) + message);
  }

  private static void add(LuaBytes text, LuaValue value, int argument) {
    if (value.istable()) {
      if (value.metatag(LuaValue.valueOf("__tostring")).isnil()) {
        throw LuaError.argument(argument, "expected table to have __tostring metamethod");
      }
      text.addScalar(value.metatag(LuaValue.valueOf("__tostring")).call(value).tostring());
    } else if (!text.addScalar(value)) {
      throw LuaError.argument(
          argument, "string, number, boolean, or nil expected, got " + value.typename());
    }
  }

  /** {@code file:line: function(): } of the Lua code that logs. */
  private static String where(LuaRun run) {
    CallLevel level = run.vm().globals().running.level(1);
    if (level == null) {
      return ":0: ";
    }
    String source =
        level.function() instanceof LuaClosure closure ? closure.p.shortsource() : "[C]";
    String file = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    int line = Math.max(level.currentLine(), 0);
    VariableName name = level.name();
    return file + ":" + line + ": " + (name.isKnown() && level.isLua() ? name.name() + "(): " : "");
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(new NgxFunction("log", ApiGroup.PURE, NgxLog::log));
  }

  @Override
  public void install(LuaVm vm) {
    vm.globals()
        .rawset(
            LuaText.lua("print"),
            new VarArgFunction() {
              @Override
              public Varargs invoke(Varargs args) {
                write(vm.run(), LogLevel.NOTICE, args, 1);
                return LuaValue.NONE;
              }
            });
  }
}
