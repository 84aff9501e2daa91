package org.luaj.vm2;

/**
 * A variable shared by a function and the closures made in it.
 *
 * <p>The compiler knows which locals are captured; such a local's register holds this cell from the
 * moment the local is declared. The class is a LuaValue for that reason alone: no script ever sees
 * one.
 */
public final class UpValue extends LuaValue {
  LuaValue value;

  public UpValue(LuaValue value) {
    this.value = value;
  }

  public LuaValue getValue() {
    return value;
  }

  public void setValue(LuaValue value) {
    this.value = value;
  }

  @Override
  public int type() {
    return TVALUE;
  }

  @Override
  public String typename() {
    return "upval";
  }
}
