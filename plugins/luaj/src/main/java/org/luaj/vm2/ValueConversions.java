package org.luaj.vm2;

/** What a single value is asked for by Java code: tests, conversions, checks of its type. */
abstract class ValueConversions extends Varargs {
  /** Returns the type as one of the T constants of {@link LuaValue}. */
  public abstract int type();

  /** Returns the type's name as Lua's {@code type} has it. */
  public abstract String typename();

  abstract LuaValue self();

  public boolean isboolean() {
    return false;
  }

  public boolean isclosure() {
    return false;
  }

  public boolean isfunction() {
    return false;
  }

  public boolean isint() {
    return false;
  }

  public boolean isinttype() {
    return false;
  }

  public boolean islong() {
    return false;
  }

  public boolean isnil() {
    return false;
  }

  /** Tells whether this is a number or a string that reads as one. */
  public boolean isnumber() {
    return false;
  }

  /** Tells whether this is a string or a number. */
  public boolean isstring() {
    return false;
  }

  public boolean isthread() {
    return false;
  }

  public boolean istable() {
    return false;
  }

  public boolean isuserdata() {
    return false;
  }

  public boolean isuserdata(Class<?> type) {
    return false;
  }

  /** Tells whether a table accepts this as a key: not nil, not NaN. */
  public boolean isvalidkey() {
    return true;
  }

  public boolean toboolean() {
    return true;
  }

  public byte tobyte() {
    return (byte) toint();
  }

  public char tochar() {
    return (char) toint();
  }

  /** Returns the number, or the number a string reads as; 0 for anything else. */
  public double todouble() {
    return 0;
  }

  public float tofloat() {
    return (float) todouble();
  }

  public int toint() {
    return 0;
  }

  public long tolong() {
    return toint();
  }

  public short toshort() {
    return (short) toint();
  }

  public Object touserdata() {
    return null;
  }

  public Object touserdata(Class<?> type) {
    return null;
  }

  /** Returns the number this converts to, or NIL. */
  public LuaValue tonumber() {
    return LuaValue.NIL;
  }

  /** Returns the string this converts to without metamethods, or NIL. */
  public LuaValue tostring() {
    return LuaValue.NIL;
  }

  /** Returns the string of a string or number; raises an error for other types. */
  public LuaString strvalue() {
    return (LuaString) wrong("string");
  }

  public boolean optboolean(boolean otherwise) {
    return isnil() ? otherwise : checkboolean();
  }

  public LuaClosure optclosure(LuaClosure otherwise) {
    return isnil() ? otherwise : checkclosure();
  }

  public double optdouble(double otherwise) {
    return isnil() ? otherwise : checkdouble();
  }

  public LuaFunction optfunction(LuaFunction otherwise) {
    return isnil() ? otherwise : checkfunction();
  }

  public int optint(int otherwise) {
    return isnil() ? otherwise : checkint();
  }

  public LuaInteger optinteger(LuaInteger otherwise) {
    return isnil() ? otherwise : checkinteger();
  }

  public long optlong(long otherwise) {
    return isnil() ? otherwise : checklong();
  }

  public LuaNumber optnumber(LuaNumber otherwise) {
    return isnil() ? otherwise : checknumber();
  }

  public String optjstring(String otherwise) {
    return isnil() ? otherwise : checkjstring();
  }

  public LuaString optstring(LuaString otherwise) {
    return isnil() ? otherwise : checkstring();
  }

  public LuaTable opttable(LuaTable otherwise) {
    return isnil() ? otherwise : checktable();
  }

  public LuaThread optthread(LuaThread otherwise) {
    return isnil() ? otherwise : checkthread();
  }

  public Object optuserdata(Object otherwise) {
    return isnil() ? otherwise : checkuserdata();
  }

  public Object optuserdata(Class<?> type, Object otherwise) {
    return isnil() ? otherwise : checkuserdata(type);
  }

  public LuaValue optvalue(LuaValue otherwise) {
    return isnil() ? otherwise : self();
  }

  public boolean checkboolean() {
    return wrong("boolean").toboolean();
  }

  public LuaClosure checkclosure() {
    return (LuaClosure) wrong("function");
  }

  public double checkdouble() {
    return checknumber().todouble();
  }

  public LuaFunction checkfunction() {
    return (LuaFunction) wrong("function");
  }

  public Globals checkglobals() {
    return (Globals) wrong("globals");
  }

  public int checkint() {
    return checknumber().toint();
  }

  public LuaInteger checkinteger() {
    return LuaInteger.valueOf(checkint());
  }

  public long checklong() {
    return checknumber().tolong();
  }

  public LuaNumber checknumber() {
    return (LuaNumber) wrong("number");
  }

  public LuaNumber checknumber(String message) {
    throw new LuaError(message);
  }

  public String checkjstring() {
    return checkstring().tojstring();
  }

  public LuaString checkstring() {
    return (LuaString) wrong("string");
  }

  public LuaTable checktable() {
    return (LuaTable) wrong("table");
  }

  public LuaThread checkthread() {
    return (LuaThread) wrong("coroutine");
  }

  public Object checkuserdata() {
    return wrong("userdata");
  }

  public Object checkuserdata(Class<?> type) {
    return wrong(type.getSimpleName());
  }

  public LuaValue checknotnil() {
    return self();
  }

  /** Raises the type error of a value whose place in the argument list is not known. */
  LuaValue wrong(String expected) {
    throw LuaError.argument(0, expected + " expected, got " + typename());
  }
}
