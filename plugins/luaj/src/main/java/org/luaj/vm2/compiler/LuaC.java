package org.luaj.vm2.compiler;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Prototype;

/** The compiler's entry. */
public final class LuaC {
  private LuaC() {}

  public static Prototype compile(Globals globals, LuaString source, LuaString name) {
    throw new IllegalStateException();
  }
}
