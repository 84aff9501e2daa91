package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What {@code require "table.new"} and its sisters give: {@code clear nkeys isarray isempty clone}.
 *
 * <p>Each is a function; requiring it puts it into {@code table} too.
 *
 * <p>Source: LuaJIT's extensions and those of OpenResty's branch of it.
 */
final class TableExtras {
  private static final int LARGEST = 1 << 26;

  private TableExtras() {}

  static void preload(Globals globals, LuaTable table) {
    for (LibraryFunction f : FUNCTIONS) {
      LuaString name = LuaString.valueOf(f.name());
      LibraryFunction loader =
          LibraryFunction.of(
              "table." + f.name(),
              args -> {
                table.rawset(name, f);
                return f;
              });
      Arguments.preload(globals).rawset(loader.name(), loader);
    }
  }

  private static LuaValue create(Varargs args) {
    int array = Arguments.integer(args, 1);
    int hash = Arguments.integer(args, 2);
    if (array < 0 || hash < 0 || array > LARGEST || hash > LARGEST) {
      throw new LuaError("table overflow");
    }
    return new LuaTable(array, hash);
  }

  private static Varargs clear(Varargs args) {
    args.checktable(1).clear();
    return LuaValue.NONE;
  }

  private static LuaValue countKeys(Varargs args) {
    return LuaValue.valueOf(args.checktable(1).keyCount());
  }

  private static LuaValue isArray(Varargs args) {
    LuaTable t = args.checktable(1);
    for (LuaValue k = t.next(LuaValue.NIL).arg1(); !k.isnil(); k = t.next(k).arg1()) {
      if (!(k instanceof LuaInteger) && !(k instanceof LuaNumber n && n.isint())) {
        return LuaValue.FALSE;
      }
    }
    return LuaValue.TRUE;
  }

  private static LuaValue isEmpty(Varargs args) {
    return LuaValue.valueOf(args.checktable(1).next(LuaValue.NIL).arg1().isnil());
  }

  private static LuaValue copy(Varargs args) {
    LuaTable t = args.checktable(1);
    LuaTable copy = new LuaTable(t.rawlen(), 0);
    Varargs entry = t.next(LuaValue.NIL);
    while (!entry.arg1().isnil()) {
      copy.rawset(entry.arg1(), entry.arg(2));
      entry = t.next(entry.arg1());
    }
    return copy;
  }

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("new", TableExtras::create),
    LibraryFunction.of("clear", TableExtras::clear),
    LibraryFunction.of("nkeys", TableExtras::countKeys),
    LibraryFunction.of("isarray", TableExtras::isArray),
    LibraryFunction.of("isempty", TableExtras::isEmpty),
    LibraryFunction.of("clone", TableExtras::copy),
  };
}
