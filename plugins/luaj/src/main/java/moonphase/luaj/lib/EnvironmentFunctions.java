package moonphase.luaj.lib;

import org.luaj.vm2.CallLevel;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code getfenv} and {@code setfenv}. Functions of Java have the thread's globals and keep them.
 *
 * <p>Source: Lua 5.1 manual 5.1.
 */
final class EnvironmentFunctions {
  private EnvironmentFunctions() {}

  private static LuaFunction function(Varargs args, LuaThread thread) {
    if (args.arg1() instanceof LuaFunction f) {
      return f;
    }
    int level = Arguments.integer(args, 1, 1);
    CallLevel found = level < 0 ? null : thread.level(level);
    if (found == null) {
      throw LuaError.argument(1, "invalid level");
    }
    return found.function();
  }

  private static boolean isThreadLevel(LuaValue v) {
    return !(v instanceof LuaFunction) && v.isnumber() && v.toint() == 0;
  }

  private static LuaValue getfenv(Varargs args) {
    LuaThread thread = Globals.current().running;
    if (isThreadLevel(args.arg1())) {
      return thread.environment();
    }
    return function(args, thread) instanceof LuaClosure c ? c.environment() : thread.environment();
  }

  private static Varargs setfenv(Varargs args) {
    LuaThread thread = Globals.current().running;
    LuaTable environment = args.checktable(2);
    if (isThreadLevel(args.arg1())) {
      thread.setEnvironment(environment);
      return LuaValue.NONE;
    }
    LuaFunction f = function(args, thread);
    if (f instanceof LuaClosure c) {
      c.setEnvironment(environment);
      return f;
    }
    throw new LuaError("'setfenv' cannot change environment of given object");
  }

  static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("getfenv", EnvironmentFunctions::getfenv),
    LibraryFunction.of("setfenv", EnvironmentFunctions::setfenv),
  };
}
