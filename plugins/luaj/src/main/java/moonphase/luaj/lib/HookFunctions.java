package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.Hook;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code sethook} and {@code gethook} of one VM.
 *
 * <p>A coroutine as the first argument is taken and not looked at: there is one hook for all, as in
 * LuaJIT.
 */
final class HookFunctions {
  /** What was given last, which gethook returns also where it asked for no event. */
  private LuaValue given = LuaValue.NIL;

  LibraryFunction[] functions() {
    return new LibraryFunction[] {
      LibraryFunction.of("gethook", this::getHook), LibraryFunction.of("sethook", this::setHook),
    };
  }

  private Varargs getHook(Varargs args) {
    Hook hook = Globals.current().hook;
    int events = hook.events();
    String mask =
        ((events & Hook.CALL) != 0 ? "c" : "")
            + ((events & Hook.RETURN) != 0 ? "r" : "")
            + ((events & Hook.LINE) != 0 ? "l" : "");
    return LuaValue.varargsOf(
        given, LuaValue.varargsOf(LuaValue.valueOf(mask), LuaValue.valueOf(hook.count())));
  }

  private Varargs setHook(Varargs args) {
    int shift = args.arg1() instanceof LuaThread ? 1 : 0;
    Hook hook = Globals.current().hook;
    if (args.isnoneornil(shift + 1)) {
      given = LuaValue.NIL;
      hook.set(null, 0, 0);
      return LuaValue.NONE;
    }
    LuaString mask = args.checkstring(shift + 2);
    LuaFunction f = args.checkfunction(shift + 1);
    int count = Arguments.integer(args, shift + 3, 0);
    int events = 0;
    for (int i = 0; i < mask.m_length; i++) {
      switch (mask.luaByte(i)) {
        case 'c' -> events |= Hook.CALL;
        case 'r' -> events |= Hook.RETURN;
        case 'l' -> events |= Hook.LINE;
        default -> {} // other letters mean nothing, as in the target
      }
    }
    given = f;
    hook.set(f, events, count);
    return LuaValue.NONE;
  }
}
