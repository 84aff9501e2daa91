package org.luaj.vm2;

/** The type of nil, and of the empty argument list. */
public class LuaNil extends LuaValue {
  LuaNil() {}

  @Override
  public int type() {
    return TNIL;
  }

  @Override
  public String typename() {
    return "nil";
  }

  @Override
  public boolean isnil() {
    return true;
  }

  @Override
  public boolean toboolean() {
    return false;
  }

  @Override
  public boolean isvalidkey() {
    return false;
  }

  @Override
  public String tojstring() {
    return "nil";
  }

  @Override
  public LuaValue checknotnil() {
    return wrong("value");
  }

  @Override
  public boolean raweq(LuaValue other) {
    return other.isnil();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LuaNil;
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public LuaValue getmetatable() {
    return Globals.current().nilMetatable;
  }

  @Override
  public LuaValue tostring() {
    return LuaValue.NIL;
  }

  /** No value at all: an empty list, and nil where one value is asked of it. */
  static final class None extends LuaNil {
    @Override
    public LuaValue arg(int index) {
      return LuaValue.NIL;
    }

    @Override
    public int narg() {
      return 0;
    }

    @Override
    public LuaValue arg1() {
      return LuaValue.NIL;
    }

    @Override
    public Varargs subargs(int start) {
      return this;
    }

    @Override
    public int type() {
      return TNONE;
    }

    @Override
    public String typename() {
      return "no value";
    }
  }
}
