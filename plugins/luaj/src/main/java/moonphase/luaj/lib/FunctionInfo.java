package moonphase.luaj.lib;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.CallLevel;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.VariableName;
import org.luaj.vm2.compiler.Opcode;

/** The table that {@code debug.getinfo} returns. Source: Lua 5.1 manual 3.8, lua_Debug. */
final class FunctionInfo {
  /** The options where none are given. */
  static final LuaString ALL = LuaString.valueOf("flnSu");

  private FunctionInfo() {}

  static boolean areOptions(LuaString options) {
    for (int i = 0; i < options.m_length; i++) {
      if ("SlunfL".indexOf(options.luaByte(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Describes a function.
   *
   * @param level where it is running, null where it was given as a value
   */
  static LuaTable describe(LuaFunction function, @Nullable CallLevel level, LuaString options) {
    LuaTable info = new LuaTable();
    LuaClosure closure = function instanceof LuaClosure c ? c : null;
    for (int i = 0; i < options.m_length; i++) {
      switch (options.luaByte(i)) {
        case 'S' -> source(info, closure);
        case 'l' -> info.rawset("currentline", level == null ? -1 : level.currentLine());
        case 'u' -> variables(info, closure);
        case 'n' -> name(info, level);
        case 'f' -> info.rawset("func", function);
        default -> lines(info, closure);
      }
    }
    return info;
  }

  private static void source(LuaTable info, @Nullable LuaClosure closure) {
    if (closure == null) {
      info.rawset("source", "=[C]");
      info.rawset("short_src", "[C]");
      info.rawset("what", "C");
      info.rawset("linedefined", -1);
      info.rawset("lastlinedefined", -1);
      return;
    }
    Prototype p = closure.p;
    info.rawset(LuaString.valueOf("source"), p.source);
    info.rawset("short_src", p.shortsource());
    info.rawset("what", p.linedefined == 0 ? "main" : "Lua");
    info.rawset("linedefined", p.linedefined);
    info.rawset("lastlinedefined", p.lastlinedefined);
  }

  private static void variables(LuaTable info, @Nullable LuaClosure closure) {
    info.rawset("nups", closure == null ? 0 : closure.upValues.length);
    info.rawset("nparams", closure == null ? 0 : closure.p.numparams);
    info.rawset("isvararg", LuaValue.valueOf(closure == null || closure.p.is_vararg));
  }

  private static void name(LuaTable info, @Nullable CallLevel level) {
    VariableName name = level == null ? null : level.name();
    boolean known = name != null && name.isKnown();
    info.rawset("namewhat", known ? name.kind() : "");
    if (known) {
      info.rawset("name", name.name());
    }
  }

  private static void lines(LuaTable info, @Nullable LuaClosure closure) {
    if (closure == null) {
      return;
    }
    LuaTable lines = new LuaTable();
    int[] code = closure.p.code;
    int first = 0;
    while (first < code.length && Opcode.op(code[first]) == Opcode.NEWCELL) {
      first++; // captured parameters, which no line of the source asks for
    }
    for (int pc = first; pc < code.length; pc++) {
      int line = closure.p.line(pc);
      if (line > 0) {
        lines.rawset(line, LuaValue.TRUE);
      }
    }
    info.rawset("activelines", lines);
  }
}
