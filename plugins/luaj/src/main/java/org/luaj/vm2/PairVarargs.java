package org.luaj.vm2;

/** One value followed by a list. */
final class PairVarargs extends Varargs {
  private final LuaValue first;
  private final Varargs rest;

  PairVarargs(LuaValue first, Varargs rest) {
    this.first = first;
    this.rest = rest;
  }

  @Override
  public LuaValue arg(int index) {
    return index == 1 ? first : index > 1 ? rest.arg(index - 1) : LuaValue.NIL;
  }

  @Override
  public int narg() {
    return 1 + rest.narg();
  }

  @Override
  public LuaValue arg1() {
    return first;
  }

  @Override
  public Varargs subargs(int start) {
    return start <= 1 ? this : start == 2 ? rest : rest.subargs(start - 1);
  }
}
