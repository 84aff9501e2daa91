package org.luaj.vm2.lib;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function of one argument and one result. Override {@code call}. */
public abstract class OneArgFunction extends LibFunction {
  @Override
  public LuaValue call() {
    return call(NIL);
  }

  @Override
  public abstract LuaValue call(LuaValue a);

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    return call(a);
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    return call(a);
  }

  @Override
  public Varargs invoke(Varargs args) {
    return call(args.arg1());
  }
}
