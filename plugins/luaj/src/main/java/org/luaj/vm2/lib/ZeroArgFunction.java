package org.luaj.vm2.lib;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function of zero arguments and one result. Override {@code call}. */
public abstract class ZeroArgFunction extends LibFunction {
  @Override
  public abstract LuaValue call();

  @Override
  public LuaValue call(LuaValue a) {
    return call();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    return call();
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    return call();
  }

  @Override
  public Varargs invoke(Varargs args) {
    return call();
  }
}
