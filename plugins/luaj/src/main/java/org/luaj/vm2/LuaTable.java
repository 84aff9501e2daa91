package org.luaj.vm2;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as scripts and Java code see it: its entries, its metatable, and the list operations.
 *
 * <p>Threads: the thread that runs the VM, one at a time.
 *
 * <p>Source: Lua 5.1 manual 2.8 (metatables), 5.5 for lists.
 */
public class LuaTable extends TableStorage {
  LuaTable metatable;

  public LuaTable() {}

  /** Creates a table with room for so many list values and so many other keys. */
  public LuaTable(int narray, int nhash) {
    if (narray > 0) {
      array = new LuaValue[Math.min(narray, TableSizes.LARGEST_ARRAY)];
    }
    if (nhash > 0) {
      node = new LuaValue[TableSizes.capacityFor(nhash) * 2];
    }
  }

  /**
   * Creates a table of keys and values in turn, list values and more list values; each may be null.
   */
  @SuppressWarnings("this-escape") // a subclass has no part in its entries
  public LuaTable(LuaValue[] named, LuaValue[] values, Varargs last) {
    this(
        (values == null ? 0 : values.length) + (last == null ? 0 : last.narg()),
        named == null ? 0 : named.length / 2);
    int n = values == null ? 0 : values.length;
    for (int i = 0; i < n; i++) {
      putInt(i + 1, values[i]);
    }
    if (last != null) {
      putList(n + 1, last);
    }
    for (int i = 0; named != null && i + 1 < named.length; i += 2) {
      put(named[i], named[i + 1]);
    }
  }

  public LuaTable(Varargs values) {
    this(values, 1);
  }

  /** Creates a list of the values from an index on. */
  @SuppressWarnings("this-escape") // a subclass has no part in its entries
  public LuaTable(Varargs values, int first) {
    this(values.narg() - first + 1, 0);
    putList(1, values.subargs(first));
  }

  @Override
  public int type() {
    return TTABLE;
  }

  @Override
  public String typename() {
    return "table";
  }

  @Override
  public boolean istable() {
    return true;
  }

  @Override
  public LuaTable checktable() {
    return this;
  }

  @Override
  LuaTable metatable() {
    return metatable;
  }

  @Override
  public LuaValue getmetatable() {
    return metatable;
  }

  /** Tells whether a new key may be set without looking for {@code __newindex}. */
  final boolean takesNewKeys() {
    LuaTable m = metatable;
    return m == null || (m.absent & Operators.NO_NEWINDEX) != 0;
  }

  @Override
  public LuaValue setmetatable(LuaValue value) {
    metatable = value instanceof LuaTable t ? t : null;
    String mode = "";
    if (metatable != null && metatable.getStr(MODE) instanceof LuaString s) {
      mode = s.toLatin1();
    }
    boolean keys = mode.indexOf('k') >= 0;
    boolean values = mode.indexOf('v') >= 0;
    if (weak == null ? keys || values : weak.keys != keys || weak.values != values) {
      changeStrength(keys, values);
    }
    return this;
  }

  private void changeStrength(boolean keys, boolean values) {
    List<LuaValue> entries = new ArrayList<>();
    for (Varargs e = next(NIL); !e.arg1().isnil(); e = next(e.arg1())) {
      entries.add(e.arg1());
      entries.add(e.arg(2));
    }
    array = NOTHING;
    node = NO_NODES;
    used = 0;
    absent = 0;
    weak = keys || values ? new WeakEntries(keys, values) : null;
    for (int i = 0; i < entries.size(); i += 2) {
      put(entries.get(i), entries.get(i + 1));
    }
  }

  // Reading. The get methods without "raw" honour __index.

  @Override
  public LuaValue rawget(LuaValue key) {
    LuaValue v = getRaw(key);
    return v == null ? NIL : v;
  }

  @Override
  public LuaValue rawget(int key) {
    LuaValue v = getInt(key);
    return v == null ? NIL : v;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue v = getRaw(key);
    return v != null ? v : metatable == null ? NIL : Operators.index(this, key);
  }

  @Override
  public LuaValue get(int key) {
    LuaValue v = getInt(key);
    return v != null ? v : metatable == null ? NIL : Operators.index(this, LuaInteger.valueOf(key));
  }

  // Writing.

  @Override
  public void set(LuaValue key, LuaValue value) {
    if (metatable == null) {
      rawset(key, value);
    } else {
      Operators.setIndex(this, key, value);
    }
  }

  @Override
  public void set(int key, LuaValue value) {
    if (metatable == null) {
      putInt(key, value);
    } else {
      Operators.setIndex(this, LuaInteger.valueOf(key), value);
    }
  }

  @Override
  public void rawset(int key, LuaValue value) {
    putInt(key, value);
  }

  private void putList(int start, Varargs values) {
    for (int i = 0, n = values.narg(); i < n; i++) {
      putInt(start + i, values.arg(i + 1));
    }
  }

  @Override
  public void rawset(LuaValue key, LuaValue value) {
    put(key, value);
  }

  /** Makes room for list values up to an index, and for so many other keys. */
  public void presize(int narray, int nhash) {
    presize(narray);
    if (weak == null && nhash > 0 && node == NO_NODES) {
      node = new LuaValue[TableSizes.capacityFor(nhash) * 2];
    }
  }

  /** Returns the length, {@code __len} included. */
  @Override
  public int length() {
    return metatable == null ? rawlen() : len().toint();
  }

  @Override
  public Varargs inext(LuaValue index) {
    int i = index.checkint() + 1;
    LuaValue v = rawget(i);
    return v.isnil() ? NIL : varargsOf(LuaInteger.valueOf(i), v);
  }

  /** Returns how many entries there are. */
  public int keyCount() {
    return keys().length;
  }

  /** Returns all keys in the order of traversal. */
  public LuaValue[] keys() {
    List<LuaValue> keys = new ArrayList<>();
    for (LuaValue k = next(NIL).arg1(); !k.isnil(); k = next(k).arg1()) {
      keys.add(k);
    }
    return keys.toArray(LuaValue[]::new);
  }

  // List operations for Java callers.

  /** Inserts a value at a position of the list, or at its end where the position is 0. */
  public void insert(int position, LuaValue value) {
    int end = rawlen() + 1;
    int at = position == 0 ? end : position;
    for (int i = end; i > at; i--) {
      rawset(i, rawget(i - 1));
    }
    rawset(at, value);
  }

  /** Removes and returns the value at a position of the list, 0 for the last. */
  public LuaValue remove(int position) {
    int end = rawlen();
    int at = position == 0 ? end : position;
    if (at < 1 || at > end) {
      return NIL;
    }
    LuaValue removed = rawget(at);
    for (int i = at; i < end; i++) {
      rawset(i, rawget(i + 1));
    }
    rawset(end, NIL);
    return removed;
  }

  public Varargs unpack() {
    return unpack(1, length());
  }

  public Varargs unpack(int from) {
    return unpack(from, length());
  }

  /** Returns the values of a range of int keys as a list. */
  public Varargs unpack(int from, int to) {
    long n = (long) to - from + 1;
    if (n <= 0) {
      return NONE;
    }
    if (n == 1) {
      return get(from);
    }
    if (n > 1 << 20) {
      throw new LuaError("too many results to unpack");
    }
    LuaValue[] values = new LuaValue[(int) n];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(from + i);
    }
    return varargsOf(values);
  }
}
