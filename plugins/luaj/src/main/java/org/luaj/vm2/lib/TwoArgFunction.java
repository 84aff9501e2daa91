package org.luaj.vm2.lib;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function of two arguments and one result. Override {@code call}. */
public abstract class TwoArgFunction extends LibFunction {
  @Override
  public LuaValue call() {
    return call(NIL, NIL);
  }

  @Override
  public LuaValue call(LuaValue a) {
    return call(a, NIL);
  }

  @Override
  public abstract LuaValue call(LuaValue a, LuaValue b);

  @Override
  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    return call(a, b);
  }

  @Override
  public Varargs invoke(Varargs args) {
    return call(args.arg1(), args.arg(2));
  }
}
