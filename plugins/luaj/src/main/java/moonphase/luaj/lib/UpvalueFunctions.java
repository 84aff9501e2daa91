package moonphase.luaj.lib;

import java.util.Map;
import java.util.WeakHashMap;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.UpValue;
import org.luaj.vm2.Varargs;

/**
 * {@code getupvalue setupvalue upvalueid upvaluejoin}, of one VM. Functions of Java show no
 * upvalues.
 *
 * <p>Source: Lua 5.1 manual 5.9, Lua 5.2 manual 6.10.
 */
final class UpvalueFunctions {
  /** What stands for a variable; the same object as long as the variable is there. */
  private final Map<UpValue, LuaUserdata> identities = new WeakHashMap<>();

  private UpvalueFunctions() {}

  static LibraryFunction[] functions() {
    UpvalueFunctions it = new UpvalueFunctions();
    return new LibraryFunction[] {
      LibraryFunction.of("getupvalue", UpvalueFunctions::getUpvalue),
      LibraryFunction.of("setupvalue", UpvalueFunctions::setUpvalue),
      LibraryFunction.of("upvalueid", it::identity),
      LibraryFunction.of("upvaluejoin", UpvalueFunctions::join),
    };
  }

  private static boolean has(LuaFunction f, int i) {
    return f instanceof LuaClosure c && i >= 1 && i <= c.upValues.length;
  }

  private static Varargs getUpvalue(Varargs args) {
    int i = Arguments.integer(args, 2);
    LuaFunction f = args.checkfunction(1);
    if (!has(f, i)) {
      return LuaValue.NONE;
    }
    LuaClosure c = (LuaClosure) f;
    return LuaValue.varargsOf(
        LuaString.valueOf(c.p.upvalues[i - 1].name()), c.upValues[i - 1].getValue());
  }

  private static Varargs setUpvalue(Varargs args) {
    LuaValue value = Arguments.any(args, 3);
    int i = Arguments.integer(args, 2);
    LuaFunction f = args.checkfunction(1);
    if (!has(f, i)) {
      return LuaValue.NONE;
    }
    LuaClosure c = (LuaClosure) f;
    c.upValues[i - 1].setValue(value);
    return LuaString.valueOf(c.p.upvalues[i - 1].name());
  }

  private LuaValue identity(Varargs args) {
    LuaFunction f = args.checkfunction(1);
    int i = index(args, 2, f);
    UpValue variable = ((LuaClosure) f).upValues[i - 1];
    return identities.computeIfAbsent(variable, v -> new LuaUserdata(new Object()));
  }

  private static int index(Varargs args, int argument, LuaFunction f) {
    int i = Arguments.integer(args, argument);
    if (!has(f, i)) {
      throw LuaError.argument(argument, "index out of range");
    }
    return i;
  }

  private static Varargs join(Varargs args) {
    LuaClosure to = closure(args, 1);
    int i = index(args, 2, to);
    LuaClosure from = closure(args, 3);
    int j = index(args, 4, from);
    to.upValues[i - 1] = from.upValues[j - 1];
    return LuaValue.NONE;
  }

  private static LuaClosure closure(Varargs args, int argument) {
    if (args.checkfunction(argument) instanceof LuaClosure c) {
      return c;
    }
    throw LuaError.argument(argument, "Lua function expected");
  }
}
