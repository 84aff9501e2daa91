package org.luaj.vm2;

/**
 * A number: a {@link LuaInteger} where the value is an int, a {@link LuaDouble} elsewhere.
 *
 * <p>Lua 5.1 has one number type; the split is invisible to scripts. Immutable, any thread.
 */
public abstract sealed class LuaNumber extends LuaValue permits LuaInteger, LuaDouble {
  @Override
  public int type() {
    return TNUMBER;
  }

  @Override
  public String typename() {
    return "number";
  }

  @Override
  public boolean isnumber() {
    return true;
  }

  @Override
  public boolean isstring() {
    return true;
  }

  @Override
  public LuaValue tonumber() {
    return this;
  }

  @Override
  public LuaNumber checknumber() {
    return this;
  }

  @Override
  public LuaNumber checknumber(String message) {
    return this;
  }

  @Override
  public LuaValue tostring() {
    return strvalue();
  }

  @Override
  public LuaString checkstring() {
    return strvalue();
  }

  @Override
  public String tojstring() {
    return strvalue().toLatin1();
  }

  @Override
  public boolean raweq(LuaValue other) {
    return other instanceof LuaNumber n && n.todouble() == todouble();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LuaNumber n && n.todouble() == todouble();
  }

  @Override
  public LuaValue getmetatable() {
    return Globals.current().numberMetatable;
  }

  @Override
  public abstract int hashCode();
}
