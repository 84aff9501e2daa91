package org.luaj.vm2.lib;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function of three arguments and one result. Override {@code call}. */
public abstract class ThreeArgFunction extends LibFunction {
  @Override
  public LuaValue call() {
    return call(NIL, NIL, NIL);
  }

  @Override
  public LuaValue call(LuaValue a) {
    return call(a, NIL, NIL);
  }

  @Override
  public LuaValue call(LuaValue a, LuaValue b) {
    return call(a, b, NIL);
  }

  @Override
  public abstract LuaValue call(LuaValue a, LuaValue b, LuaValue c);

  @Override
  public Varargs invoke(Varargs args) {
    return call(args.arg1(), args.arg(2), args.arg(3));
  }
}
