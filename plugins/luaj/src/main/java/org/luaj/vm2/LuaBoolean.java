package org.luaj.vm2;

/** true or false. */
public final class LuaBoolean extends LuaValue {
  /** The Java value. */
  public final boolean v;

  LuaBoolean(boolean v) {
    this.v = v;
  }

  @Override
  public int type() {
    return TBOOLEAN;
  }

  @Override
  public String typename() {
    return "boolean";
  }

  @Override
  public boolean isboolean() {
    return true;
  }

  public boolean booleanValue() {
    return v;
  }

  @Override
  public boolean toboolean() {
    return v;
  }

  @Override
  public boolean checkboolean() {
    return v;
  }

  @Override
  public String tojstring() {
    return v ? "true" : "false";
  }

  @Override
  public LuaValue getmetatable() {
    return Globals.current().booleanMetatable;
  }
}
