package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code sethook} and {@code gethook} of one VM.
 *
 * <p>A count hook is called when about that many steps (calls, turns of loops) have passed; the VM
 * looks every 4096 of them, so that it is a coarse clock, as under a compiler. There are no hooks
 * for calls, returns and lines: asking for one is an error.
 */
final class CountHook {
  /** Steps between two looks of the VM. */
  private static final int SLICE = 4096;

  private static final LuaString EVENT = LuaString.valueOf("count");

  private LuaFunction hook;
  private int count;
  private long passed;
  private boolean running;

  LibraryFunction[] functions() {
    return new LibraryFunction[] {
      LibraryFunction.of("gethook", this::getHook), LibraryFunction.of("sethook", this::setHook),
    };
  }

  private Varargs getHook(Varargs args) {
    return LuaValue.varargsOf(
        hook == null ? LuaValue.NIL : hook,
        LuaValue.varargsOf(LuaValue.EMPTYSTRING, LuaValue.valueOf(count)));
  }

  private Varargs setHook(Varargs args) {
    int shift = args.arg1() instanceof LuaThread ? 1 : 0;
    Globals vm = Globals.current();
    if (args.isnoneornil(shift + 1)) {
      hook = null;
      count = 0;
      vm.budget.observe(null);
      return LuaValue.NONE;
    }
    LuaString mask = args.checkstring(shift + 2);
    LuaFunction f = args.checkfunction(shift + 1);
    int steps = Arguments.integer(args, shift + 3, 0);
    for (int i = 0; i < mask.m_length; i++) {
      if ("crl".indexOf(mask.luaByte(i)) >= 0) {
        throw new LuaError("hooks for calls, returns and lines are not available");
      }
    }
    hook = steps > 0 ? f : null;
    count = Math.max(steps, 0);
    passed = 0;
    vm.budget.observe(hook == null ? null : this::look);
    return LuaValue.NONE;
  }

  private void look() {
    passed += SLICE;
    if (running || hook == null || passed < count) {
      return;
    }
    passed = 0;
    running = true;
    try {
      hook.call(EVENT, LuaValue.NIL);
    } finally {
      running = false;
    }
  }
}
