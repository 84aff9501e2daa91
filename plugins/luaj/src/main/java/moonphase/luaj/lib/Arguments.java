package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The checks of arguments that LuaJIT's libraries make and LuaJ's value API does not have. */
final class Arguments {
  private Arguments() {}

  /**
   * Returns an argument as an int: the fraction is cut off, and what is out of range is the least
   * int, as the target's conversion has it.
   */
  static int integer(Varargs args, int i) {
    LuaValue v = args.arg(i);
    if (v instanceof LuaInteger n) {
      return n.v;
    }
    return integer(args.checkdouble(i));
  }

  static int integer(double d) {
    int n = (int) d;
    return d >= 0x1p31 || Double.isNaN(d) ? Integer.MIN_VALUE : n;
  }

  static int integer(Varargs args, int i, int otherwise) {
    return args.isnoneornil(i) ? otherwise : integer(args, i);
  }

  /** Returns an argument that must be a function; the type's name in the message is as given. */
  static LuaFunction function(Varargs args, int i) {
    return args.checkfunction(i);
  }

  /** Returns an argument that must be there; nil will do. */
  static LuaValue any(Varargs args, int i) {
    LuaValue v = args.arg(i);
    if (v.isnil() && i > args.narg()) {
      throw LuaError.argument(i, "value expected");
    }
    return v;
  }

  /** Raises {@code bad argument #i to 'f' (T expected, got X)}. */
  static LuaError wrongType(Varargs args, int i, String expected) {
    String got = i > args.narg() ? "no value" : args.arg(i).typename();
    return LuaError.argument(i, expected + " expected, got " + got);
  }

  /** Returns the index of an argument among the words allowed. */
  static int option(Varargs args, int i, LuaString otherwise, String... words) {
    LuaString word = otherwise == null ? args.checkstring(i) : args.optstring(i, otherwise);
    String text = word.toLatin1();
    for (int n = 0; n < words.length; n++) {
      if (words[n].equals(text)) {
        return n;
      }
    }
    throw LuaError.argument(i, "invalid option '" + text + "'");
  }

  /** Returns {@code package.loaded}, made on first use; it is the registry's. */
  static LuaTable loaded(Globals globals) {
    return registryTable(globals, "_LOADED");
  }

  /** Returns {@code package.preload}, made on first use; it is the registry's. */
  static LuaTable preload(Globals globals) {
    return registryTable(globals, "_PRELOAD");
  }

  static LuaTable registryTable(Globals globals, String name) {
    LuaString key = LuaString.valueOf(name);
    if (globals.registry.rawget(key) instanceof LuaTable t) {
      return t;
    }
    LuaTable made = new LuaTable();
    globals.registry.rawset(key, made);
    return made;
  }

  /** Puts a library's table under its global name and into {@code package.loaded}. */
  static void install(Globals globals, String name, LuaTable table) {
    LuaString key = LuaString.wellKnown(name);
    globals.rawset(key, table);
    loaded(globals).rawset(key, table);
  }
}
