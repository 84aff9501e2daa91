package moonphase.luaj.lib;

import org.luaj.vm2.DirectIterator;
import org.luaj.vm2.Finalizers;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The basic functions, {@code _G} and {@code _VERSION}.
 *
 * <p>{@code print} writes to {@link Globals#STDOUT} and may block. {@code newproxy}'s {@code __gc}
 * is never called.
 *
 * <p>Source: Lua 5.1 manual 5.1; LUA52COMPAT for {@code __pairs}, {@code __ipairs}, {@code rawlen}
 * and {@code load}'s mode and environment.
 */
public final class BaseLibrary implements Library {
  @Override
  public void open(Globals globals) {
    LibraryFunction.into(globals, FUNCTIONS);
    LibraryFunction.into(globals, ChunkFunctions.FUNCTIONS);
    LibraryFunction.into(globals, EnvironmentFunctions.FUNCTIONS);
    CollectGarbage collector = new CollectGarbage();
    LibraryFunction.into(
        globals,
        LibraryFunction.of("collectgarbage", collector::collectgarbage),
        LibraryFunction.of("gcinfo", collector::gcinfo));
    globals.rawset("_VERSION", "Lua 5.1");
    Arguments.install(globals, "_G", globals);
  }

  private static Varargs assertion(Varargs args) {
    if (Arguments.any(args, 1).toboolean()) {
      return args;
    }
    throw new LuaError(args.narg() < 2 ? LuaString.valueOf("assertion failed!") : args.arg(2));
  }

  private static Varargs error(Varargs args) {
    int level = Arguments.integer(args, 2, 1);
    if (level > 0 && (args.arg1() instanceof LuaString || args.arg1() instanceof LuaNumber)) {
      throw new LuaError(Position.before(args.arg1().strvalue(), level)).madeOf(args.arg1());
    }
    throw new LuaError(args.arg1());
  }

  private static Varargs pcall(Varargs args) {
    LuaValue f = Arguments.any(args, 1);
    return Globals.current().running.pcall(f, args.subargs(2), null);
  }

  private static Varargs xpcall(Varargs args) {
    LuaValue f = Arguments.any(args, 1);
    LuaValue handler = args.checkfunction(2);
    return Globals.current().running.pcall(f, args.subargs(3), handler);
  }

  private static LuaValue typeOf(LuaValue v) {
    return TYPES[v.type() < 0 ? 0 : v.type()];
  }

  private static LuaValue getMetatable(LuaValue v) {
    LuaValue metatable = v.getmetatable();
    if (metatable == null) {
      return LuaValue.NIL;
    }
    LuaValue field = metatable.rawget(LuaValue.METATABLE);
    return field.isnil() ? metatable : field;
  }

  private static LuaValue setMetatable(Varargs args) {
    LuaTable t = args.checktable(1);
    LuaValue metatable = args.arg(2);
    if (args.narg() < 2 || !metatable.isnil() && !metatable.istable()) {
      throw LuaError.argument(2, "nil or table expected");
    }
    LuaValue old = t.getmetatable();
    if (old != null && !old.rawget(LuaValue.METATABLE).isnil()) {
      throw new LuaError("cannot change a protected metatable");
    }
    return t.setmetatable(metatable.isnil() ? null : metatable);
  }

  private static LuaValue rawLength(Varargs args) {
    LuaValue v = args.arg1();
    if (v instanceof LuaTable || v instanceof LuaString) {
      return LuaValue.valueOf(v.rawlen());
    }
    throw Arguments.wrongType(args, 1, "table");
  }

  private static LuaValue rawSet(Varargs args) {
    LuaTable t = args.checktable(1);
    Arguments.any(args, 2);
    Arguments.any(args, 3);
    t.rawset(args.arg(2), args.arg(3));
    return t;
  }

  private static Varargs select(Varargs args) {
    LuaValue n = args.arg1();
    if (n instanceof LuaString s && s.m_length > 0 && s.luaByte(0) == '#') {
      return LuaValue.valueOf(args.narg() - 1);
    }
    int i = Arguments.integer(args, 1);
    int from = i < 0 ? args.narg() + i : i;
    if (i == 0 || from < 1) {
      throw LuaError.argument(1, "index out of range");
    }
    return from >= args.narg() ? LuaValue.NONE : args.subargs(from + 1);
  }

  private static LuaValue toNumber(Varargs args) {
    int base = Arguments.integer(args, 2, 10);
    LuaValue v = Arguments.any(args, 1);
    if (base == 10) {
      return v instanceof LuaNumber ? v : v.tonumber();
    }
    if (base < 2 || base > 36) {
      throw LuaError.argument(2, "base out of range");
    }
    return v instanceof LuaString || v instanceof LuaNumber
        ? v.strvalue().tonumber(base)
        : LuaValue.NIL;
  }

  private static Varargs print(Varargs args) {
    Globals vm = Globals.current();
    LuaValue tostring = vm.running.environment().get("tostring");
    ByteBuilder out = new ByteBuilder(64);
    for (int i = 1, n = args.narg(); i <= n; i++) {
      LuaValue v = args.arg(i);
      LuaValue text = tostring == TOSTRING ? TextOf.value(v) : tostring.call(v);
      if (!(text instanceof LuaString) && !(text instanceof LuaNumber)) {
        throw new LuaError("'tostring' must return a string to 'print'");
      }
      if (i > 1) {
        out.append('\t');
      }
      out.append(text.strvalue());
    }
    out.append('\n');
    vm.STDOUT.write(out.array(), 0, out.length());
    return LuaValue.NONE;
  }

  private static LuaValue newProxy(Varargs args) {
    LuaValue v = args.arg1();
    Finalizers finalizers = Globals.current().finalizers;
    if (Finalizers.isProxy(v) && v.getmetatable() instanceof LuaTable metatable) {
      return finalizers.newUserdata(metatable);
    }
    if (!v.isnil() && !v.isboolean()) {
      throw LuaError.argument(1, "boolean or proxy expected");
    }
    return finalizers.newUserdata(v.toboolean() ? new LuaTable() : null);
  }

  private static Varargs pairs(Varargs args, String event, LuaFunction iterator, LuaValue first) {
    LuaValue v = Arguments.any(args, 1);
    LuaValue handler = v.metatag(LuaString.valueOf(event));
    if (!handler.isnil()) {
      Varargs r = handler.invoke(v);
      return LuaValue.varargsOf(r.arg1(), LuaValue.varargsOf(r.arg(2), r.arg(3)));
    }
    return LuaValue.varargsOf(iterator, LuaValue.varargsOf(args.checktable(1), first));
  }

  private static final class Next extends LibraryFunction implements DirectIterator {
    Next() {
      super("next");
    }

    @Override
    public Varargs invoke(Varargs args) {
      return args.checktable(1).next(args.arg(2));
    }

    @Override
    public void advance(LuaTable table, LuaValue control, LuaValue[] target, int at) {
      table.advance(control, target, at);
    }
  }

  private static final class NextIndex extends LibraryFunction implements DirectIterator {
    NextIndex() {
      super("ipairs_aux");
    }

    @Override
    public Varargs invoke(Varargs args) {
      LuaTable t = args.checktable(1);
      int i = Arguments.integer(args, 2) + 1;
      LuaValue v = t.rawget(i);
      return v.isnil() ? NONE : varargsOf(LuaInteger.valueOf(i), v);
    }

    @Override
    public void advance(LuaTable table, LuaValue control, LuaValue[] target, int at) {
      int i = control.toint() + 1;
      LuaValue v = table.rawget(i);
      target[at] = v.isnil() ? NIL : LuaInteger.valueOf(i);
      target[at + 1] = v;
    }
  }

  /** A function of one value that must be there. */
  private abstract static class OfValue extends LibraryFunction {
    OfValue(String name) {
      super(name);
    }

    abstract LuaValue of(LuaValue v);

    @Override
    public LuaValue call(LuaValue a) {
      return of(a);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return of(Arguments.any(args, 1));
    }
  }

  private static final LuaString[] TYPES = {
    LuaString.valueOf("nil"),
    LuaString.valueOf("boolean"),
    LuaString.valueOf("userdata"),
    LuaString.valueOf("number"),
    LuaString.valueOf("string"),
    LuaString.valueOf("table"),
    LuaString.valueOf("function"),
    LuaString.valueOf("userdata"),
    LuaString.valueOf("thread"),
    LuaString.valueOf("userdata"),
  };

  private static final LibraryFunction NEXT = new Next();
  private static final LibraryFunction NEXT_INDEX = new NextIndex();

  private static final LibraryFunction TOSTRING =
      new OfValue("tostring") {
        @Override
        LuaValue of(LuaValue v) {
          return TextOf.value(v);
        }
      };

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("assert", BaseLibrary::assertion),
    LibraryFunction.of("error", BaseLibrary::error),
    new OfValue("getmetatable") {
      @Override
      LuaValue of(LuaValue v) {
        return getMetatable(v);
      }
    },
    LibraryFunction.of("ipairs", a -> pairs(a, "__ipairs", NEXT_INDEX, LuaValue.ZERO)),
    LibraryFunction.of("newproxy", BaseLibrary::newProxy),
    NEXT,
    LibraryFunction.of("pairs", a -> pairs(a, "__pairs", NEXT, LuaValue.NIL)),
    LibraryFunction.of("pcall", BaseLibrary::pcall),
    LibraryFunction.of("print", BaseLibrary::print),
    LibraryFunction.of(
        "rawequal", a -> LuaValue.valueOf(Arguments.any(a, 1).raweq(Arguments.any(a, 2)))),
    LibraryFunction.of("rawget", a -> a.checktable(1).rawget(Arguments.any(a, 2))),
    LibraryFunction.of("rawlen", BaseLibrary::rawLength),
    LibraryFunction.of("rawset", BaseLibrary::rawSet),
    LibraryFunction.of("select", BaseLibrary::select),
    LibraryFunction.of("setmetatable", BaseLibrary::setMetatable),
    new LibraryFunction("tonumber") {
      @Override
      public LuaValue call(LuaValue a) {
        return a instanceof LuaNumber ? a : a.tonumber();
      }

      @Override
      public Varargs invoke(Varargs args) {
        return toNumber(args);
      }
    },
    TOSTRING,
    new OfValue("type") {
      @Override
      LuaValue of(LuaValue v) {
        return typeOf(v);
      }
    },
    LibraryFunction.of("unpack", TableLibrary::unpack),
    LibraryFunction.of("xpcall", BaseLibrary::xpcall),
  };
}
