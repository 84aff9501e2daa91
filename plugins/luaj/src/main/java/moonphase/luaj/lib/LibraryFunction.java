package moonphase.luaj.lib;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A function of a library: a name and a body. Immutable, so that all VMs may share it.
 *
 * <p>A subclass answers the common shapes of a call without a list of arguments by overriding
 * {@code call}, and hands whatever it does not know to {@link #invoke}, which knows the error
 * texts.
 */
abstract class LibraryFunction extends LuaFunction {
  private final String name;

  /** What a function does: arguments in, results out. */
  @FunctionalInterface
  interface Body {
    Varargs invoke(Varargs args);
  }

  private static final class Plain extends LibraryFunction {
    private final Body body;

    Plain(String name, Body body) {
      super(name);
      this.body = body;
    }

    @Override
    public Varargs invoke(Varargs args) {
      return body.invoke(args);
    }
  }

  LibraryFunction(String name) {
    this.name = name;
  }

  static LibraryFunction of(String name, Body body) {
    return new Plain(name, body);
  }

  /** Puts functions into a table, each under its name. */
  static LuaTable into(LuaTable table, LibraryFunction... functions) {
    for (LibraryFunction f : functions) {
      table.rawset(LuaString.wellKnown(f.name), f);
    }
    return table;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public LuaValue call() {
    return invoke(NONE).arg1();
  }

  @Override
  public LuaValue call(LuaValue a) {
    return invoke(a).arg1();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    return invoke(varargsOf(a, b)).arg1();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    return invoke(varargsOf(a, b, c)).arg1();
  }
}
