package org.luaj.vm2;

/**
 * A function, of Lua ({@link LuaClosure}) or of Java (the classes of {@code org.luaj.vm2.lib}).
 *
 * <p>The four {@code call} methods and {@code invoke} are one function in five shapes: the
 * interpreter uses the one that fits the number of arguments and of results wanted.
 */
public abstract class LuaFunction extends LuaValue {
  @Override
  public int type() {
    return TFUNCTION;
  }

  @Override
  public String typename() {
    return "function";
  }

  @Override
  public boolean isfunction() {
    return true;
  }

  @Override
  public LuaFunction checkfunction() {
    return this;
  }

  @Override
  public LuaValue getmetatable() {
    return Globals.current().functionMetatable;
  }

  /** Returns {@code function: builtin: } and an address, or the address alone for Lua functions. */
  @Override
  public String tojstring() {
    return "function: " + address();
  }

  /** Returns a name for people, where there is one. */
  public String name() {
    return getClass().getSimpleName();
  }

  @Override
  public abstract LuaValue call();

  @Override
  public abstract LuaValue call(LuaValue a);

  @Override
  public abstract LuaValue call(LuaValue a, LuaValue b);

  @Override
  public abstract LuaValue call(LuaValue a, LuaValue b, LuaValue c);

  @Override
  public abstract Varargs invoke(Varargs args);
}
