package org.luaj.vm2.lib;

import org.luaj.vm2.Varargs;

/** A function of any number of arguments and results. Override {@link #invoke}. */
public abstract class VarArgFunction extends LibFunction {
  @Override
  public Varargs invoke(Varargs args) {
    return onInvoke(args);
  }

  @Override
  public Varargs onInvoke(Varargs args) {
    return NONE;
  }
}
