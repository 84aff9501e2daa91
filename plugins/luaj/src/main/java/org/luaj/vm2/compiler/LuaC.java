package org.luaj.vm2.compiler;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Prototype;

/** The compiler's entry. */
public final class LuaC {
  private LuaC() {}

  /**
   * Compiles a chunk.
   *
   * @param globals the VM whose constant strings are shared
   * @param source the text
   * @param name the chunk name, {@code @file}, {@code =name} or the text
   * @throws org.luaj.vm2.LuaError for a syntax error, with LuaJIT's message
   */
  public static Prototype compile(Globals globals, LuaString source, LuaString name) {
    Lexer lexer = new Lexer(globals, source, name);
    Tree.Function chunk = new Parser(lexer).chunk();
    return new Generator(chunk, name, lexer).generate();
  }
}
