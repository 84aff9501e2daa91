package org.luaj.vm2;

/** A slice of an array followed by another list. The array is never written after construction. */
final class ArrayVarargs extends Varargs {
  private final LuaValue[] values;
  private final int offset;
  private final int length;
  private final Varargs rest;

  ArrayVarargs(LuaValue[] values, int offset, int length, Varargs rest) {
    this.values = values;
    this.offset = offset;
    this.length = length;
    this.rest = rest;
  }

  @Override
  public LuaValue arg(int index) {
    if (index <= length) {
      return index > 0 ? values[offset + index - 1] : LuaValue.NIL;
    }
    return rest.arg(index - length);
  }

  @Override
  public int narg() {
    return length + rest.narg();
  }

  @Override
  public LuaValue arg1() {
    return length > 0 ? values[offset] : rest.arg1();
  }

  @Override
  public Varargs subargs(int start) {
    if (start <= 1) {
      return this;
    }
    if (start > length) {
      return rest.subargs(start - length);
    }
    return LuaValue.varargsOf(values, offset + start - 1, length - start + 1, rest);
  }

  @Override
  public void copyTo(LuaValue[] target, int to, int count) {
    int own = Math.min(length, count);
    System.arraycopy(values, offset, target, to, own);
    if (count > own) {
      rest.copyTo(target, to + own, count - own);
    }
  }
}
