package moonphase.lua;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * {@code coroutine.yield} where the event loop runs the thread: an entry thread or a light thread
 * that yields lets the others of its request go first. {@code wrap} is {@link CoroutineWrap}'s, the
 * other functions are the language's.
 *
 * <p>Source: ngx_http_lua_inject_coroutine_api.
 */
final class CoroutineApi extends VarArgFunction {
  private final LuaVm vm;
  private final LuaValue plain;

  private CoroutineApi(LuaVm vm, LuaValue plain) {
    this.vm = vm;
    this.plain = plain;
  }

  static void install(LuaVm vm) {
    LuaValue coroutine = vm.globals().get("coroutine");
    if (coroutine.istable()) {
      LuaTable table = coroutine.checktable();
      table.rawset(LuaText.lua("_yield"), table.get("yield"));
      table.rawset(LuaText.lua("yield"), new CoroutineApi(vm, table.get("yield")));
      table.rawset(LuaText.lua("_wrap"), table.get("wrap"));
      table.rawset(LuaText.lua("wrap"), new CoroutineWrap(vm, table.get("wrap")));
    }
  }

  @Override
  public Varargs invoke(Varargs args) {
    if (vm.globals().running instanceof LuaCoroutine thread) {
      thread.run().pass();
      return LuaValue.NONE;
    }
    return plain.invoke(args);
  }
}
