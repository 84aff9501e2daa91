package org.luaj.vm2;

/**
 * A Lua value, and the argument list that consists of it alone.
 *
 * <p>Names and signatures are LuaJ's, so that code written against LuaJ compiles; the behaviour is
 * that of LuaJIT 2.1 with LUA52COMPAT. Values that are not tables, functions, userdata or
 * coroutines are immutable and may be used by any thread; the others belong to the thread that runs
 * their VM.
 *
 * <p>Source: Lua 5.1 manual, 2.2 Values and Types.
 */
public abstract class LuaValue extends ValueOperators {
  public static final int TINT = -2;
  public static final int TNONE = -1;
  public static final int TNIL = 0;
  public static final int TBOOLEAN = 1;
  public static final int TLIGHTUSERDATA = 2;
  public static final int TNUMBER = 3;
  public static final int TSTRING = 4;
  public static final int TTABLE = 5;
  public static final int TFUNCTION = 6;
  public static final int TUSERDATA = 7;
  public static final int TTHREAD = 8;
  public static final int TVALUE = 9;

  public static final LuaValue NIL = new LuaNil();
  public static final LuaBoolean TRUE = new LuaBoolean(true);
  public static final LuaBoolean FALSE = new LuaBoolean(false);

  /** The empty list of values. */
  public static final LuaValue NONE = new LuaNil.None();

  public static final LuaNumber ZERO = LuaInteger.valueOf(0);
  public static final LuaNumber ONE = LuaInteger.valueOf(1);
  public static final LuaNumber MINUSONE = LuaInteger.valueOf(-1);
  public static final LuaValue[] NOVALS = {};

  public static final LuaString INDEX = LuaString.wellKnown("__index");
  public static final LuaString NEWINDEX = LuaString.wellKnown("__newindex");
  public static final LuaString CALL = LuaString.wellKnown("__call");
  public static final LuaString MODE = LuaString.wellKnown("__mode");
  public static final LuaString METATABLE = LuaString.wellKnown("__metatable");
  public static final LuaString ADD = LuaString.wellKnown("__add");
  public static final LuaString SUB = LuaString.wellKnown("__sub");
  public static final LuaString DIV = LuaString.wellKnown("__div");
  public static final LuaString MUL = LuaString.wellKnown("__mul");
  public static final LuaString POW = LuaString.wellKnown("__pow");
  public static final LuaString MOD = LuaString.wellKnown("__mod");
  public static final LuaString UNM = LuaString.wellKnown("__unm");
  public static final LuaString LEN = LuaString.wellKnown("__len");
  public static final LuaString EQ = LuaString.wellKnown("__eq");
  public static final LuaString LT = LuaString.wellKnown("__lt");
  public static final LuaString LE = LuaString.wellKnown("__le");
  public static final LuaString TOSTRING = LuaString.wellKnown("__tostring");
  public static final LuaString CONCAT = LuaString.wellKnown("__concat");
  public static final LuaString EMPTYSTRING = ConstantStrings.EMPTY;

  /** Creates a value; for subclasses. */
  protected LuaValue() {}

  @Override
  final LuaValue self() {
    return this;
  }

  // A value as an argument list.

  @Override
  public LuaValue arg(int index) {
    return index == 1 ? this : NIL;
  }

  @Override
  public int narg() {
    return 1;
  }

  @Override
  public LuaValue arg1() {
    return this;
  }

  @Override
  public Varargs subargs(int start) {
    return start <= 1 ? this : NONE;
  }

  /** Returns the value as Java text without metamethods: {@code table: 0x0a1b2c3d} for a table. */
  @Override
  public String tojstring() {
    return typename() + ": " + address();
  }

  /** Returns what stands for the address of this object in text, {@code 0x0a1b2c3d}. */
  public String address() {
    return String.format("0x%08x", System.identityHashCode(this));
  }

  // Errors.

  /** Raises an error with the position of the Lua code that called the running function. */
  public static LuaValue error(String message) {
    throw new LuaError(message);
  }

  public static void assert_(boolean condition, String message) {
    if (!condition) {
      throw new LuaError(message);
    }
  }

  /** Raises {@code bad argument #index to 'f' (message)}. */
  public static LuaValue argerror(int index, String message) {
    throw LuaError.argument(index, message);
  }

  // Indexing.

  /** Returns the field for a key, metamethods included. */
  public LuaValue get(LuaValue key) {
    return Operators.index(this, key);
  }

  public LuaValue get(int key) {
    return get(LuaInteger.valueOf(key));
  }

  public LuaValue get(String key) {
    return get(LuaString.valueOf(key));
  }

  /** Sets the field for a key, metamethods included. */
  public void set(LuaValue key, LuaValue value) {
    Operators.setIndex(this, key, value);
  }

  public void set(int key, LuaValue value) {
    set(LuaInteger.valueOf(key), value);
  }

  public void set(int key, String value) {
    set(key, LuaString.valueOf(value));
  }

  public void set(String key, LuaValue value) {
    set(LuaString.valueOf(key), value);
  }

  public void set(String key, double value) {
    set(key, valueOf(value));
  }

  public void set(String key, int value) {
    set(key, LuaInteger.valueOf(value));
  }

  public void set(String key, String value) {
    set(key, LuaString.valueOf(value));
  }

  public LuaValue rawget(LuaValue key) {
    return wrong("table");
  }

  public LuaValue rawget(int key) {
    return rawget(LuaInteger.valueOf(key));
  }

  public LuaValue rawget(String key) {
    return rawget(LuaString.valueOf(key));
  }

  public void rawset(LuaValue key, LuaValue value) {
    wrong("table");
  }

  public void rawset(int key, LuaValue value) {
    rawset(LuaInteger.valueOf(key), value);
  }

  public void rawset(int key, String value) {
    rawset(key, LuaString.valueOf(value));
  }

  public void rawset(String key, LuaValue value) {
    rawset(LuaString.valueOf(key), value);
  }

  public void rawset(String key, double value) {
    rawset(key, valueOf(value));
  }

  public void rawset(String key, int value) {
    rawset(key, LuaInteger.valueOf(value));
  }

  public void rawset(String key, String value) {
    rawset(key, LuaString.valueOf(value));
  }

  public void rawsetlist(int start, Varargs values) {
    for (int i = 1, n = values.narg(); i <= n; i++) {
      rawset(start + i - 1, values.arg(i));
    }
  }

  public void presize(int narray) {
    wrong("table");
  }

  /** Returns the key and value after a key of a table; NIL at the end. */
  public Varargs next(LuaValue key) {
    return wrong("table");
  }

  /** Returns the next index and value of the list part of a table; NIL at the end. */
  public Varargs inext(LuaValue index) {
    return wrong("table");
  }

  /** Calls a library with the name "" and this value as environment; answers what it answers. */
  public LuaValue load(LuaValue library) {
    return library.call(EMPTYSTRING, this);
  }

  // Metatables.

  /** Returns the metatable, or null where there is none. */
  public LuaValue getmetatable() {
    return null;
  }

  public LuaValue setmetatable(LuaValue metatable) {
    return wrong("table");
  }

  /** Returns the metatable without a check of the VM's own: what operators ask. Null for none. */
  LuaTable metatable() {
    return getmetatable() instanceof LuaTable t ? t : null;
  }

  /** Returns a metamethod, NIL where there is none. */
  public LuaValue metatag(LuaValue name) {
    LuaTable metatable = metatable();
    return metatable == null ? NIL : metatable.rawget(name);
  }

  // Calls.

  public LuaValue call() {
    return Operators.callable(this).call(this);
  }

  public LuaValue call(LuaValue a) {
    return Operators.callable(this).call(this, a);
  }

  public LuaValue call(String a) {
    return call(LuaString.valueOf(a));
  }

  public LuaValue call(LuaValue a, LuaValue b) {
    return Operators.callable(this).call(this, a, b);
  }

  public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
    return Operators.callable(this).invoke(varargsOf(this, a, b, c)).arg1();
  }

  /** Calls the value with arguments and returns all results. */
  public Varargs invoke(Varargs args) {
    return Operators.callable(this).invoke(varargsOf(this, args));
  }

  public Varargs invoke() {
    return invoke(NONE);
  }

  public Varargs invoke(LuaValue a, Varargs rest) {
    return invoke(varargsOf(a, rest));
  }

  public Varargs invoke(LuaValue a, LuaValue b, Varargs rest) {
    return invoke(varargsOf(a, b, rest));
  }

  public Varargs invoke(LuaValue[] args) {
    return invoke(varargsOf(args));
  }

  public Varargs invoke(LuaValue[] args, Varargs rest) {
    return invoke(varargsOf(args, rest));
  }

  public Varargs onInvoke(Varargs args) {
    return invoke(args);
  }

  public LuaValue method(String name) {
    return get(name).call(this);
  }

  public LuaValue method(LuaValue name) {
    return get(name).call(this);
  }

  public LuaValue method(String name, LuaValue a) {
    return get(name).call(this, a);
  }

  public LuaValue method(LuaValue name, LuaValue a) {
    return get(name).call(this, a);
  }

  public LuaValue method(String name, LuaValue a, LuaValue b) {
    return get(name).call(this, a, b);
  }

  public LuaValue method(LuaValue name, LuaValue a, LuaValue b) {
    return get(name).call(this, a, b);
  }

  public Varargs invokemethod(String name) {
    return get(name).invoke(this);
  }

  public Varargs invokemethod(LuaValue name) {
    return get(name).invoke(this);
  }

  public Varargs invokemethod(String name, Varargs args) {
    return get(name).invoke(varargsOf(this, args));
  }

  public Varargs invokemethod(LuaValue name, Varargs args) {
    return get(name).invoke(varargsOf(this, args));
  }

  public Varargs invokemethod(String name, LuaValue[] args) {
    return get(name).invoke(varargsOf(this, varargsOf(args)));
  }

  public Varargs invokemethod(LuaValue name, LuaValue[] args) {
    return get(name).invoke(varargsOf(this, varargsOf(args)));
  }

  // Making values.

  public static LuaBoolean valueOf(boolean b) {
    return b ? TRUE : FALSE;
  }

  public static LuaInteger valueOf(int i) {
    return LuaInteger.valueOf(i);
  }

  public static LuaNumber valueOf(double d) {
    return LuaDouble.valueOf(d);
  }

  /** Returns the UTF-8 bytes of a text. For text whose chars are bytes see LuaString.latin1. */
  public static LuaString valueOf(String s) {
    return LuaString.valueOf(s);
  }

  public static LuaString valueOf(byte[] bytes) {
    return LuaString.valueOf(bytes);
  }

  public static LuaString valueOf(byte[] bytes, int offset, int length) {
    return LuaString.valueOf(bytes, offset, length);
  }

  public static LuaTable tableOf() {
    return new LuaTable();
  }

  public static LuaTable tableOf(int narray, int nhash) {
    return new LuaTable(narray, nhash);
  }

  public static LuaTable tableOf(Varargs values, int first) {
    return new LuaTable(values, first);
  }

  public static LuaTable listOf(LuaValue[] values) {
    return new LuaTable(null, values, null);
  }

  public static LuaTable listOf(LuaValue[] values, Varargs last) {
    return new LuaTable(null, values, last);
  }

  public static LuaTable tableOf(LuaValue[] named) {
    return new LuaTable(named, null, null);
  }

  public static LuaTable tableOf(LuaValue[] named, LuaValue[] values) {
    return new LuaTable(named, values, null);
  }

  public static LuaTable tableOf(LuaValue[] named, LuaValue[] values, Varargs last) {
    return new LuaTable(named, values, last);
  }

  public static LuaUserdata userdataOf(Object instance) {
    return new LuaUserdata(instance);
  }

  public static LuaUserdata userdataOf(Object instance, LuaValue metatable) {
    return new LuaUserdata(instance, metatable);
  }

  /** Returns the list of an array's values; the array must not be written afterwards. */
  public static Varargs varargsOf(LuaValue... values) {
    return varargsOf(values, 0, values.length, NONE);
  }

  public static Varargs varargsOf(LuaValue[] values, Varargs rest) {
    return varargsOf(values, 0, values.length, rest);
  }

  public static Varargs varargsOf(LuaValue[] values, int offset, int length) {
    return varargsOf(values, offset, length, NONE);
  }

  public static Varargs varargsOf(LuaValue[] values, int offset, int length, Varargs rest) {
    if (length <= 0) {
      return rest;
    }
    if (length == 1) {
      return varargsOf(values[offset], rest);
    }
    return new ArrayVarargs(values, offset, length, rest);
  }

  public static Varargs varargsOf(LuaValue a, Varargs rest) {
    return rest == NONE ? a : new PairVarargs(a, rest);
  }

  public static Varargs varargsOf(LuaValue a, LuaValue b, Varargs rest) {
    return new PairVarargs(a, varargsOf(b, rest));
  }

  /** Calls at once: this VM's interpreter makes proper tail calls itself. */
  public static Varargs tailcallOf(LuaValue function, Varargs args) {
    return function.invoke(args);
  }
}
