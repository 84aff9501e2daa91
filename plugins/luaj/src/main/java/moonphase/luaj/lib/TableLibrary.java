package moonphase.luaj.lib;

import org.luaj.vm2.Budget;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code table}, and by {@code require} the modules {@code table.new} and its sisters.
 *
 * <p>All functions read and write without metamethods. {@code insert} and {@code remove} take any
 * position, as Lua 5.1 does.
 *
 * <p>Source: Lua 5.1 manual 5.5; LuaJIT's extensions; LUA52COMPAT for {@code pack} and {@code
 * unpack}.
 */
public final class TableLibrary implements Library {
  @Override
  public void open(Globals globals) {
    LuaTable table = LibraryFunction.into(new LuaTable(), FUNCTIONS);
    Arguments.install(globals, "table", table);
    TableExtras.preload(globals, table);
  }

  private static LuaValue concat(Varargs args) {
    LuaTable t = args.checktable(1);
    LuaString separator = args.isnoneornil(2) ? LuaValue.EMPTYSTRING : args.checkstring(2);
    int from = Arguments.integer(args, 3, 1);
    int to = args.isnoneornil(4) ? t.rawlen() : Arguments.integer(args, 4);
    if (from > to) {
      return LuaValue.EMPTYSTRING;
    }
    Globals vm = Globals.current();
    ByteBuilder out = new ByteBuilder(room(t, separator, from, to, vm.budget), vm);
    for (long i = from; i <= to; i++) {
      LuaValue v = t.rawget((int) i);
      if (v instanceof LuaString s) {
        out.append(s);
      } else if (v instanceof LuaNumber n) {
        out.append(n.strvalue());
      } else {
        throw new LuaError(
            "invalid value (" + v.typename() + ") at index " + i + " in table for 'concat'");
      }
      if (i < to) {
        out.append(separator);
      }
    }
    return out.finish();
  }

  /** Returns how many bytes a concatenation has if its numbers are short; counts its steps. */
  private static int room(LuaTable t, LuaString separator, int from, int to, Budget budget) {
    long size = 0;
    for (long i = from; i <= to; i++) {
      LuaValue v = t.rawget((int) i);
      if (!v.isstring()) {
        break;
      }
      size += separator.m_length + (v instanceof LuaString s ? s.m_length : 4);
      budget.step();
    }
    return (int) Math.min(size, ByteBuilder.LIMIT);
  }

  private static Varargs insert(Varargs args) {
    LuaTable t = args.checktable(1);
    int end = t.rawlen() + 1;
    if (args.narg() == 2) {
      t.rawset(end, args.arg(2));
      return LuaValue.NONE;
    }
    if (args.narg() != 3) {
      throw new LuaError("wrong number of arguments to 'insert'");
    }
    int at = Arguments.integer(args, 2);
    if (at < end) {
      shiftUp(t, at, end);
    }
    t.rawset(at, args.arg(3));
    return LuaValue.NONE;
  }

  private static void shiftUp(LuaTable t, int at, int end) {
    Budget budget = Globals.current().budget;
    for (int i = end; i > at; i--) {
      t.rawset(i, t.rawget(i - 1));
      budget.step();
    }
  }

  private static Varargs remove(Varargs args) {
    if (!(args.arg1() instanceof LuaTable t)) {
      throw notTable(args);
    }
    int n = t.length();
    if (args.isnoneornil(2)) {
      if (n == 0) {
        return LuaValue.NONE;
      }
      LuaValue last = t.rawget(n);
      t.rawset(n, LuaValue.NIL);
      return last;
    }
    int at = Arguments.integer(args, 2);
    if (at < 1 || at > n) {
      return LuaValue.NONE;
    }
    LuaValue removed = t.rawget(at);
    Budget budget = Globals.current().budget;
    for (int i = at; i < n; i++) {
      t.rawset(i, t.rawget(i + 1));
      budget.step();
    }
    t.rawset(n, LuaValue.NIL);
    return removed;
  }

  private static Varargs sort(Varargs args) {
    LuaTable t = args.checktable(1);
    LuaValue order = args.arg(2);
    if (!order.isnil()) {
      Arguments.function(args, 2);
    }
    TableSort.sort(t, t.rawlen(), order);
    return LuaValue.NONE;
  }

  private static LuaValue getn(Varargs args) {
    if (!(args.arg1() instanceof LuaTable t)) {
      throw notTable(args);
    }
    return t.len();
  }

  private static LuaValue maxn(Varargs args) {
    LuaTable t = args.checktable(1);
    double max = 0;
    for (LuaValue k = t.next(LuaValue.NIL).arg1(); !k.isnil(); k = t.next(k).arg1()) {
      if (k instanceof LuaNumber n) {
        max = Math.max(max, n.todouble());
      }
    }
    return LuaValue.valueOf(max);
  }

  private static LuaValue foreach(Varargs args) {
    if (!(args.arg1() instanceof LuaTable t)) {
      throw notTable(args);
    }
    LuaValue f = function(args);
    Varargs entry = t.next(LuaValue.NIL);
    while (!entry.arg1().isnil()) {
      LuaValue result = f.call(entry.arg1(), entry.arg(2));
      if (!result.isnil()) {
        return result;
      }
      entry = t.next(entry.arg1());
    }
    return LuaValue.NONE;
  }

  private static LuaValue foreachi(Varargs args) {
    if (!(args.arg1() instanceof LuaTable t)) {
      throw notTable(args);
    }
    LuaValue f = function(args);
    int n = t.length();
    for (int i = 1; i <= n; i++) {
      LuaValue result = f.call(LuaInteger.valueOf(i), t.rawget(i));
      if (!result.isnil()) {
        return result;
      }
    }
    return LuaValue.NONE;
  }

  /** Returns the error for a first argument that is no table; a missing one counts as nil. */
  private static LuaError notTable(Varargs args) {
    return LuaError.argument(1, "table expected, got " + args.arg1().typename());
  }

  private static LuaValue function(Varargs args) {
    LuaValue f = args.arg(2);
    if (f.isfunction()) {
      return f;
    }
    throw LuaError.argument(2, "function expected, got " + f.typename());
  }

  private static LuaValue pack(Varargs args) {
    LuaTable t = new LuaTable(args.narg(), 1);
    for (int i = 1, n = args.narg(); i <= n; i++) {
      t.rawset(i, args.arg(i));
    }
    t.rawset("n", args.narg());
    return t;
  }

  /** {@code unpack}, which the base library has too. */
  static Varargs unpack(Varargs args) {
    LuaTable t = args.checktable(1);
    int from = Arguments.integer(args, 2, 1);
    int to = args.isnoneornil(3) ? t.rawlen() : Arguments.integer(args, 3);
    long n = (long) to - from + 1;
    if (n <= 0) {
      return LuaValue.NONE;
    }
    if (n >= StringLibrary.MAX_RESULTS) {
      throw new LuaError("too many results to unpack");
    }
    LuaValue[] values = new LuaValue[(int) n];
    for (int i = 0; i < values.length; i++) {
      values[i] = t.rawget(from + i);
    }
    return LuaValue.varargsOf(values);
  }

  private static LuaValue move(Varargs args) {
    if (!(args.arg1() instanceof LuaTable from)) {
      throw notTable(args);
    }
    int first = position(args, 2);
    int last = position(args, 3);
    int to = position(args, 4);
    LuaTable target = args.isnoneornil(5) ? from : args.checktable(5);
    Budget budget = Globals.current().budget;
    boolean upward = to > last || to <= first || target != from;
    long count = (long) last - first + 1;
    for (long n = 0; n < count; n++) {
      int i = (int) (upward ? n : count - 1 - n);
      target.rawset(to + i, from.rawget(first + i));
      budget.step();
    }
    return target;
  }

  private static int position(Varargs args, int i) {
    if (args.isnoneornil(i)) {
      throw LuaError.argument(i, "number expected, got nil");
    }
    return Arguments.integer(args, i);
  }

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("concat", TableLibrary::concat),
    LibraryFunction.of("foreach", TableLibrary::foreach),
    LibraryFunction.of("foreachi", TableLibrary::foreachi),
    LibraryFunction.of("getn", TableLibrary::getn),
    new LibraryFunction("insert") {
      @Override
      public LuaValue call(LuaValue t, LuaValue value) {
        if (t instanceof LuaTable table) {
          table.rawset(table.rawlen() + 1, value);
          return NONE;
        }
        return super.call(t, value);
      }

      @Override
      public Varargs invoke(Varargs args) {
        return insert(args);
      }
    },
    LibraryFunction.of("maxn", TableLibrary::maxn),
    LibraryFunction.of("move", TableLibrary::move),
    LibraryFunction.of("pack", TableLibrary::pack),
    LibraryFunction.of("remove", TableLibrary::remove),
    LibraryFunction.of("sort", TableLibrary::sort),
    LibraryFunction.of("unpack", TableLibrary::unpack),
  };
}
