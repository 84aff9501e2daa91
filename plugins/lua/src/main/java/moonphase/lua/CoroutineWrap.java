package moonphase.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * {@code coroutine.wrap} where the event loop runs the thread: an error passes through unchanged,
 * and the error log shows the stack of each coroutine that it passed. Elsewhere the language's own
 * is called, which puts the position of the call before the message.
 *
 * <p>Source: ngx_http_lua_coroutine_wrap; t/091-coroutine.t TEST 32 to 34 and 44.
 */
final class CoroutineWrap extends VarArgFunction {
  private final LuaVm vm;
  private final LuaValue plain;

  CoroutineWrap(LuaVm vm, LuaValue plain) {
    this.vm = vm;
    this.plain = plain;
  }

  @Override
  public Varargs invoke(Varargs args) {
    if (!vm.isRunning() || !vm.run().context().isYieldable()) {
      return plain.invoke(args);
    }
    return new Resume(new LuaThread(vm.globals(), args.checkfunction(1)));
  }

  private static final class Resume extends VarArgFunction {
    private final LuaThread coroutine;

    Resume(LuaThread coroutine) {
      this.coroutine = coroutine;
    }

    @Override
    public Varargs invoke(Varargs args) {
      boolean suspended = coroutine.getStatus().equals("suspended");
      Varargs results = coroutine.resume(args);
      if (results.arg1().toboolean()) {
        return results.subargs(2);
      }
      throw suspended && coroutine.failure() != null
          ? LuaError.handedOn(coroutine)
          : new LuaError(results.arg(2).tojstring());
    }
  }
}
