package org.luaj.vm2;

/**
 * A list of Lua values: arguments of a call, or its results.
 *
 * <p>Indexes start at 1; an index past the end answers {@link LuaValue#NIL}. Immutable; any thread.
 * The checking methods raise the errors a Lua user knows: {@code bad argument #2 to 'f' (number
 * expected, got nil)}.
 *
 * <p>Source: Lua 5.1 manual, The Auxiliary Library (luaL_checknumber and its family).
 */
public abstract class Varargs {
  /** Creates a list; for subclasses. */
  protected Varargs() {}

  /**
   * Returns the value at an index.
   *
   * @param index from 1
   * @return the value, NIL where there is none
   */
  public abstract LuaValue arg(int index);

  /**
   * Returns how many values there are.
   *
   * @return the number of values
   */
  public abstract int narg();

  /**
   * Returns the first value.
   *
   * @return the first value, NIL where there is none
   */
  public abstract LuaValue arg1();

  /**
   * Returns the values from an index on.
   *
   * @param start the first index kept, from 1
   * @return the rest
   */
  public abstract Varargs subargs(int start);

  /**
   * Copies the first values into an array; what is missing becomes NIL.
   *
   * @param target where to
   * @param offset first element written
   * @param count how many
   */
  public void copyTo(LuaValue[] target, int offset, int count) {
    for (int i = 0; i < count; i++) {
      target[offset + i] = arg(i + 1);
    }
  }

  /** Returns these values; kept for callers of LuaJ's tail calls, which this VM does not need. */
  public Varargs eval() {
    return this;
  }

  /** Tells whether this is a call still to be made: never, in this VM. */
  public boolean isTailcall() {
    return false;
  }

  public int type(int i) {
    return arg(i).type();
  }

  public boolean isnil(int i) {
    return arg(i).isnil();
  }

  public boolean isfunction(int i) {
    return arg(i).isfunction();
  }

  public boolean isnumber(int i) {
    return arg(i).isnumber();
  }

  public boolean isstring(int i) {
    return arg(i).isstring();
  }

  public boolean istable(int i) {
    return arg(i).istable();
  }

  public boolean isthread(int i) {
    return arg(i).isthread();
  }

  public boolean isuserdata(int i) {
    return arg(i).isuserdata();
  }

  /** Tells whether there is a value, nil or not, at an index. */
  public boolean isvalue(int i) {
    return i > 0 && i <= narg();
  }

  public boolean isnoneornil(int i) {
    return i > narg() || arg(i).isnil();
  }

  public boolean toboolean(int i) {
    return arg(i).toboolean();
  }

  public byte tobyte(int i) {
    return arg(i).tobyte();
  }

  public char tochar(int i) {
    return arg(i).tochar();
  }

  public double todouble(int i) {
    return arg(i).todouble();
  }

  public float tofloat(int i) {
    return arg(i).tofloat();
  }

  public int toint(int i) {
    return arg(i).toint();
  }

  public long tolong(int i) {
    return arg(i).tolong();
  }

  public short toshort(int i) {
    return arg(i).toshort();
  }

  public String tojstring(int i) {
    return arg(i).tojstring();
  }

  public Object touserdata(int i) {
    return arg(i).touserdata();
  }

  public Object touserdata(int i, Class<?> type) {
    return arg(i).touserdata(type);
  }

  public boolean optboolean(int i, boolean otherwise) {
    return isnoneornil(i) ? otherwise : checkboolean(i);
  }

  public LuaClosure optclosure(int i, LuaClosure otherwise) {
    return isnoneornil(i) ? otherwise : checkclosure(i);
  }

  public double optdouble(int i, double otherwise) {
    return isnoneornil(i) ? otherwise : checkdouble(i);
  }

  public LuaFunction optfunction(int i, LuaFunction otherwise) {
    return isnoneornil(i) ? otherwise : checkfunction(i);
  }

  public int optint(int i, int otherwise) {
    return isnoneornil(i) ? otherwise : checkint(i);
  }

  public LuaInteger optinteger(int i, LuaInteger otherwise) {
    return isnoneornil(i) ? otherwise : checkinteger(i);
  }

  public long optlong(int i, long otherwise) {
    return isnoneornil(i) ? otherwise : checklong(i);
  }

  public LuaNumber optnumber(int i, LuaNumber otherwise) {
    return isnoneornil(i) ? otherwise : checknumber(i);
  }

  public String optjstring(int i, String otherwise) {
    return isnoneornil(i) ? otherwise : checkjstring(i);
  }

  public LuaString optstring(int i, LuaString otherwise) {
    return isnoneornil(i) ? otherwise : checkstring(i);
  }

  public LuaTable opttable(int i, LuaTable otherwise) {
    return isnoneornil(i) ? otherwise : checktable(i);
  }

  public LuaThread optthread(int i, LuaThread otherwise) {
    return isnoneornil(i) ? otherwise : checkthread(i);
  }

  public Object optuserdata(int i, Object otherwise) {
    return isnoneornil(i) ? otherwise : checkuserdata(i);
  }

  public Object optuserdata(int i, Class<?> type, Object otherwise) {
    return isnoneornil(i) ? otherwise : checkuserdata(i, type);
  }

  public LuaValue optvalue(int i, LuaValue otherwise) {
    return i > 0 && i <= narg() ? arg(i) : otherwise;
  }

  public boolean checkboolean(int i) {
    return arg(i) instanceof LuaBoolean b ? b.v : fail(i, "boolean").toboolean();
  }

  public LuaClosure checkclosure(int i) {
    return arg(i) instanceof LuaClosure c ? c : (LuaClosure) fail(i, "function");
  }

  public double checkdouble(int i) {
    LuaValue v = arg(i);
    return v instanceof LuaDouble d ? d.v : number(i, v).todouble();
  }

  public LuaFunction checkfunction(int i) {
    return arg(i) instanceof LuaFunction f ? f : (LuaFunction) fail(i, "function");
  }

  /**
   * Returns an argument as a Java int, a fraction being cut off.
   *
   * <p>Source: lua_tointeger: the number modulo 2^32.
   */
  public int checkint(int i) {
    LuaValue v = arg(i);
    return v instanceof LuaInteger n ? n.v : number(i, v).toint();
  }

  public LuaInteger checkinteger(int i) {
    return LuaInteger.valueOf(checkint(i));
  }

  public long checklong(int i) {
    return number(i, arg(i)).tolong();
  }

  public LuaNumber checknumber(int i) {
    return number(i, arg(i));
  }

  public String checkjstring(int i) {
    return checkstring(i).tojstring();
  }

  public LuaString checkstring(int i) {
    LuaValue v = arg(i);
    if (v instanceof LuaString s) {
      return s;
    }
    return v instanceof LuaNumber n ? n.strvalue() : (LuaString) fail(i, "string");
  }

  public LuaTable checktable(int i) {
    return arg(i) instanceof LuaTable t ? t : (LuaTable) fail(i, "table");
  }

  public LuaThread checkthread(int i) {
    return arg(i) instanceof LuaThread t ? t : (LuaThread) fail(i, "coroutine");
  }

  public Object checkuserdata(int i) {
    return arg(i) instanceof LuaUserdata u ? u.m_instance : fail(i, "userdata");
  }

  public Object checkuserdata(int i, Class<?> type) {
    return arg(i) instanceof LuaUserdata u && type.isInstance(u.m_instance)
        ? u.m_instance
        : fail(i, type.getSimpleName());
  }

  /** Returns an argument that must be there; nil will do. */
  public LuaValue checkvalue(int i) {
    if (i <= narg()) {
      return arg(i);
    }
    throw LuaError.argument(i, "value expected");
  }

  /** Returns an argument that must be there and not be nil. */
  public LuaValue checknotnil(int i) {
    LuaValue v = arg(i);
    return v.isnil() ? fail(i, "value") : v;
  }

  /** Raises {@code bad argument #i to 'f' (message)} unless a condition holds. */
  public void argcheck(boolean condition, int i, String message) {
    if (!condition) {
      throw LuaError.argument(i, message);
    }
  }

  /** Returns the values as Java text, {@code (a,b)}; for people. */
  public String tojstring() {
    StringBuilder text = new StringBuilder("(");
    for (int i = 1; i <= narg(); i++) {
      text.append(i > 1 ? "," : "").append(arg(i).tojstring());
    }
    return text.append(')').toString();
  }

  @Override
  public String toString() {
    return tojstring();
  }

  private LuaNumber number(int i, LuaValue v) {
    if (v instanceof LuaNumber n) {
      return n;
    }
    LuaValue n = v.tonumber();
    return n instanceof LuaNumber x ? x : (LuaNumber) fail(i, "number");
  }

  /** Raises the type error of an argument; the return type serves callers that need a value. */
  private LuaValue fail(int i, String expected) {
    throw LuaError.argument(
        i, expected + " expected, got " + (i > narg() ? "no value" : arg(i).typename()));
  }
}
