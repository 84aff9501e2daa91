package org.luaj.vm2.lib;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A function of Java. Subclasses fix the number of arguments they look at; more are ignored, fewer
 * are nil.
 *
 * <p>Threads: the thread that runs the VM; a function without fields may be shared by VMs.
 */
public abstract class LibFunction extends LuaFunction {
  /** Creates a function; for subclasses. */
  protected LibFunction() {}

  @Override
  public String tojstring() {
    return "function: builtin: " + address();
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

  @Override
  public abstract Varargs invoke(Varargs args);
}
