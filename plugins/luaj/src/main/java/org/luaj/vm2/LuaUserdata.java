package org.luaj.vm2;

/** A Java object in the hands of Lua, with a metatable of its own. */
public class LuaUserdata extends LuaValue {
  public Object m_instance;
  public LuaValue m_metatable;
  private LuaTable environment;

  public LuaUserdata(Object instance) {
    this(instance, null);
  }

  /**
   * Wraps an object.
   *
   * @param instance the object
   * @param metatable its metatable, null for none
   */
  public LuaUserdata(Object instance, LuaValue metatable) {
    m_instance = instance;
    m_metatable = metatable;
  }

  @Override
  public int type() {
    return TUSERDATA;
  }

  @Override
  public String typename() {
    return "userdata";
  }

  @Override
  public boolean isuserdata() {
    return true;
  }

  @Override
  public boolean isuserdata(Class<?> type) {
    return type.isInstance(m_instance);
  }

  public Object userdata() {
    return m_instance;
  }

  @Override
  public Object touserdata() {
    return m_instance;
  }

  @Override
  public Object touserdata(Class<?> type) {
    return type.isInstance(m_instance) ? m_instance : null;
  }

  @Override
  public Object checkuserdata() {
    return m_instance;
  }

  @Override
  public Object checkuserdata(Class<?> type) {
    return type.isInstance(m_instance) ? m_instance : super.checkuserdata(type);
  }

  @Override
  public LuaValue getmetatable() {
    return m_metatable;
  }

  @Override
  public LuaValue setmetatable(LuaValue metatable) {
    m_metatable = metatable == null || metatable.isnil() ? null : metatable;
    return this;
  }

  /** Returns what debug.setfenv gave this object, or null. */
  public LuaTable environment() {
    return environment;
  }

  public void setEnvironment(LuaTable environment) {
    this.environment = environment;
  }
}
