package moonphase.lua;

import moonphase.spi.LogLevel;
import org.luaj.vm2.CallLevel;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * Warns of scripts that make a new global variable, which all requests of the worker share.
 *
 * <p>Source: ngx_http_lua_inject_global_write_guard; t/158-global-var.t.
 */
final class GlobalGuard extends VarArgFunction {
  private final LuaVm vm;

  private GlobalGuard(LuaVm vm) {
    this.vm = vm;
  }

  static void install(LuaVm vm) {
    LuaTable metatable = new LuaTable();
    metatable.rawset(LuaText.lua("__newindex"), new GlobalGuard(vm));
    vm.globals().setmetatable(metatable);
  }

  @Override
  public Varargs invoke(Varargs args) {
    args.checktable(1).rawset(args.arg(2), args.arg(3));
    if (vm.isRunning()) {
      LuaContext context = vm.run().context();
      if (context != LuaContext.INIT && context != LuaContext.INIT_WORKER) {
        warn(args.arg(2));
      }
    }
    return LuaValue.NONE;
  }

  private void warn(LuaValue name) {
    if (!vm.run().log().isEnabled(LogLevel.WARN)) {
      return;
    }
    LuaThread running = vm.globals().running;
    CallLevel top = running.level(0);
    String traceback = running.traceback("", top != null && top.isLua() ? 0 : 1);
    vm.run()
        .log()
        .log(
            LogLevel.WARN,
            "[lua] _G write guard:12: __newindex(): writing a global Lua variable ('"
                + LuaText.latin1(name.tostring())
                + "') which may lead to race conditions between concurrent requests, so prefer"
                + " the use of 'local' variables"
                + traceback);
  }
}
