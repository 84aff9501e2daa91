package org.luaj.vm2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table: an array for the keys from 1 on, an open hash for the others.
 *
 * <p>Threads: the thread that runs the VM, one at a time. In both parts Java's null stands for nil.
 * A key whose value became nil keeps its place until the hash is rebuilt, so that a traversal may
 * clear fields. A table with {@code __mode} keeps its entries in {@link WeakEntries} instead, and
 * its own parts are empty.
 *
 * <p>Source: Lua 5.1 manual 2.5.5 (border), 2.10.2 (weak tables), {@code next}.
 */
public class LuaTable extends LuaValue {
  static final LuaValue[] NOTHING = {};
  private static final LuaValue[] NO_NODES = {null, null};
  private static final int LARGEST_ARRAY = 1 << 26;

  /** Values of the keys 1 to array.length. */
  LuaValue[] array = NOTHING;

  /** Keys and values in turn; half its length is a power of two and at least a quarter is free. */
  LuaValue[] node = NO_NODES;

  LuaTable metatable;

  /** Bits of the metamethods that this table, as a metatable, is known not to have. */
  int absent;

  private WeakEntries weak;
  private int used;
  private int border;

  public LuaTable() {}

  /** Creates a table with room for so many list values and so many other keys. */
  public LuaTable(int narray, int nhash) {
    if (narray > 0) {
      array = new LuaValue[Math.min(narray, LARGEST_ARRAY)];
    }
    if (nhash > 0) {
      node = new LuaValue[capacityFor(nhash) * 2];
    }
  }

  /**
   * Creates a table of keys and values in turn, list values and more list values; each may be null.
   */
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

  // Reading. The get methods without "raw" honour __index; getStr and getInt answer null for nil.

  /** Returns the value of a string key, null for none; no metamethods. */
  final LuaValue getStr(LuaString key) {
    LuaValue[] n = node;
    int mask = n.length - 2;
    for (int i = key.hashCode() << 1 & mask; ; i = i + 2 & mask) {
      LuaValue k = n[i];
      if (k == key) {
        return n[i + 1];
      }
      if (k == null) {
        return weak == null ? null : weak.get(key);
      }
      if (k instanceof LuaString s && s.sameBytes(key)) {
        return n[i + 1];
      }
    }
  }

  /** Returns the value of an int key, null for none; no metamethods. */
  final LuaValue getInt(int key) {
    LuaValue[] a = array;
    int i = key - 1;
    if (i >= 0 && i < a.length) {
      return a[i];
    }
    return node == NO_NODES && weak == null ? null : getOther(LuaInteger.valueOf(key));
  }

  /** Returns the value of any key, null for none; no metamethods. */
  final LuaValue getRaw(LuaValue key) {
    if (key instanceof LuaString s) {
      return getStr(s);
    }
    if (key instanceof LuaInteger i) {
      return getInt(i.v);
    }
    return getOther(key);
  }

  private LuaValue getOther(LuaValue key) {
    if (key instanceof LuaDouble d && (int) d.v == d.v) {
      return getInt((int) d.v);
    }
    int slot = find(key);
    return slot >= 0 ? node[slot + 1] : weak == null ? null : weak.get(key);
  }

  /** Returns where a key stands in the hash, -1 where it does not. */
  private int find(LuaValue key) {
    LuaValue[] n = node;
    int mask = n.length - 2;
    for (int i = key.hashCode() << 1 & mask; n[i] != null; i = i + 2 & mask) {
      if (n[i] == key || same(n[i], key)) {
        return i;
      }
    }
    return -1;
  }

  static boolean same(LuaValue a, LuaValue b) {
    if (a instanceof LuaString s) {
      return b instanceof LuaString t && s.sameBytes(t);
    }
    return a instanceof LuaNumber n && b instanceof LuaNumber m && n.todouble() == m.todouble();
  }

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

  final void put(LuaValue key, LuaValue value) {
    if (key instanceof LuaString s) {
      putStr(s, value);
    } else if (key instanceof LuaInteger i) {
      putInt(i.v, value);
    } else if (key instanceof LuaDouble d && (int) d.v == d.v) {
      putInt((int) d.v, value);
    } else if (!key.isvalidkey()) {
      throw LuaError.runtime(key.isnil() ? "table index is nil" : "table index is NaN");
    } else {
      putOther(key, value);
    }
  }

  final void putStr(LuaString key, LuaValue value) {
    absent = 0;
    LuaValue[] n = node;
    int mask = n.length - 2;
    for (int i = key.hashCode() << 1 & mask; ; i = i + 2 & mask) {
      LuaValue k = n[i];
      if (k == key || k instanceof LuaString s && s.sameBytes(key)) {
        n[i + 1] = value == NIL ? null : value;
        return;
      }
      if (k == null) {
        insert(key, value);
        return;
      }
    }
  }

  final void putInt(int key, LuaValue value) {
    LuaValue[] a = array;
    int i = key - 1;
    if (i >= 0 && i < a.length) {
      a[i] = value == NIL ? null : value;
    } else if (i == a.length && weak == null && i < LARGEST_ARRAY && !value.isnil()) {
      append(value);
    } else {
      putOther(LuaInteger.valueOf(key), value);
    }
  }

  private void append(LuaValue value) {
    int old = array.length;
    if (used > 0) {
      int slot = find(LuaInteger.valueOf(old + 1));
      if (slot >= 0) {
        node[slot + 1] = null;
      }
    }
    array = Arrays.copyOf(array, Math.min(Math.max(4, old * 2), LARGEST_ARRAY));
    array[old] = value;
    if (used > 0) {
      for (int key = old + 2; key <= array.length; key++) {
        int slot = find(LuaInteger.valueOf(key));
        if (slot >= 0) {
          array[key - 1] = node[slot + 1];
          node[slot + 1] = null;
        }
      }
    }
  }

  private void putOther(LuaValue key, LuaValue value) {
    int slot = find(key);
    if (slot >= 0) {
      node[slot + 1] = value.isnil() ? null : value;
    } else {
      insert(key, value);
    }
  }

  private void insert(LuaValue key, LuaValue value) {
    if (weak != null) {
      weak.put(key, value);
      return;
    }
    if (value.isnil()) {
      return;
    }
    if ((used + 1) * 4 > (node.length >> 1) * 3 || node == NO_NODES) {
      rebuild(key);
      put(key, value);
      return;
    }
    place(node, key, value);
    used++;
  }

  private static void place(LuaValue[] n, LuaValue key, LuaValue value) {
    int mask = n.length - 2;
    int i = key.hashCode() << 1 & mask;
    while (n[i] != null) {
      i = i + 2 & mask;
    }
    n[i] = key;
    n[i + 1] = value;
  }

  private static int capacityFor(int entries) {
    int capacity = 4;
    while (capacity * 3L < entries * 4L) {
      capacity <<= 1;
    }
    return capacity;
  }

  /** Makes room for a key: drops dead ones, and moves dense int keys to the array. */
  private void rebuild(LuaValue newKey) {
    LuaValue[] old = node;
    int[] powers = new int[27];
    int live = 1;
    int ints = countInt(newKey, powers);
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != null) {
        live++;
        ints += countInt(old[i], powers);
      }
    }
    int size = ints == 0 ? array.length : Math.max(array.length, denseSize(powers));
    if (size > array.length) {
      array = Arrays.copyOf(array, size);
      if (newKey instanceof LuaInteger n && n.v > 0 && n.v <= size) {
        live--;
      }
    }
    int moved = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != null && old[i] instanceof LuaInteger n && n.v > 0 && n.v <= size) {
        array[n.v - 1] = old[i + 1];
        old[i + 1] = null;
        moved++;
      }
    }
    // room for growth, or a table that lives on the edge would be rebuilt at each new key
    int entries = live - moved;
    LuaValue[] fresh =
        entries == 0 ? NO_NODES : new LuaValue[capacityFor(entries + (entries >> 2)) * 2];
    used = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != null) {
        place(fresh, old[i], old[i + 1]);
        used++;
      }
    }
    node = fresh;
  }

  private static int countInt(LuaValue key, int[] powers) {
    if (key instanceof LuaInteger n && n.v > 0 && n.v <= LARGEST_ARRAY) {
      powers[32 - Integer.numberOfLeadingZeros(n.v - 1)]++;
      return 1;
    }
    return 0;
  }

  /** Returns the largest size of which more than half would be in use. */
  private int denseSize(int[] powers) {
    for (LuaValue v : array.length > 0 ? array : NOTHING) {
      if (v == null) {
        return sparse(powers);
      }
    }
    int total = array.length;
    int best = array.length;
    for (int p = 0; p < powers.length; p++) {
      int size = 1 << p;
      total += powers[p];
      if (size > array.length && total > size / 2) {
        best = size;
      }
    }
    return best;
  }

  private int sparse(int[] powers) {
    for (int i = 0; i < array.length; i++) {
      if (array[i] != null) {
        powers[32 - Integer.numberOfLeadingZeros(i)]++;
      }
    }
    int total = 0;
    int best = array.length;
    for (int p = 0; p < powers.length; p++) {
      total += powers[p];
      if (1 << p > array.length && total > (1 << p) / 2) {
        best = 1 << p;
      }
    }
    return best;
  }

  /** Makes room for list values up to an index. */
  @Override
  public void presize(int narray) {
    if (weak == null && narray > array.length && narray <= LARGEST_ARRAY) {
      int old = array.length;
      array = Arrays.copyOf(array, narray);
      for (int i = old; used > 0 && i < narray; i++) {
        int slot = find(LuaInteger.valueOf(i + 1));
        if (slot >= 0) {
          array[i] = node[slot + 1];
          node[slot + 1] = null;
        }
      }
    }
  }

  public void presize(int narray, int nhash) {
    presize(narray);
    if (weak == null && nhash > 0 && node == NO_NODES) {
      node = new LuaValue[capacityFor(nhash) * 2];
    }
  }

  /** Removes all entries and keeps the room. */
  public void clear() {
    Arrays.fill(array, null);
    if (node != NO_NODES) {
      Arrays.fill(node, null);
    }
    used = 0;
    border = 0;
    if (weak != null) {
      weak = new WeakEntries(weak.keys, weak.values);
    }
  }

  // Length and traversal.

  /** Returns a border without metamethods. */
  @Override
  public int rawlen() {
    LuaValue[] a = array;
    int n = a.length;
    if (n == 0 || a[n - 1] != null) {
      return node == NO_NODES && weak == null ? n : borderInHash(n);
    }
    int b = border;
    if (b < n && (b == 0 || a[b - 1] != null)) {
      if (a[b] == null) {
        return b;
      }
      if (b + 1 < n && a[b + 1] == null) {
        return border = b + 1;
      }
    } else if (b > 1 && b <= n && a[b - 2] != null) {
      return border = b - 1;
    }
    int low = 0;
    int high = n;
    while (high - low > 1) {
      int middle = low + high >>> 1;
      if (a[middle - 1] == null) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return border = low;
  }

  private int borderInHash(int from) {
    int low = from;
    int high = from + 1;
    while (getInt(high) != null) {
      low = high;
      if (high > Integer.MAX_VALUE / 2) {
        return low;
      }
      high = high * 2;
    }
    while (high - low > 1) {
      int middle = low + high >>> 1;
      if (getInt(middle) == null) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  /** Returns the length, {@code __len} included. */
  @Override
  public int length() {
    return metatable == null ? rawlen() : len().toint();
  }

  @Override
  public Varargs next(LuaValue key) {
    if (weak != null) {
      return weak.next(key);
    }
    int i = position(key);
    LuaValue[] a = array;
    for (; i < a.length; i++) {
      if (a[i] != null) {
        return varargsOf(LuaInteger.valueOf(i + 1), a[i]);
      }
    }
    LuaValue[] n = node;
    for (int j = i - a.length << 1; j < n.length; j += 2) {
      if (n[j + 1] != null) {
        return varargsOf(n[j], n[j + 1]);
      }
    }
    return NIL;
  }

  /** Returns the place after a key in the order of traversal; places of the array come first. */
  final int position(LuaValue key) {
    if (key.isnil()) {
      return 0;
    }
    if (key instanceof LuaNumber && key.isint()) {
      int i = key.toint();
      if (i > 0 && i <= array.length) {
        return i;
      }
    }
    int slot = find(key);
    if (slot < 0) {
      throw LuaError.runtime("invalid key to 'next'");
    }
    return array.length + (slot >> 1) + 1;
  }

  /** Writes the entry after a key to two elements, NIL at the end: {@code next} for loops. */
  public void advance(LuaValue key, LuaValue[] target, int at) {
    if (weak != null) {
      Varargs entry = weak.next(key);
      target[at] = entry.arg1();
      target[at + 1] = entry.arg(2);
      return;
    }
    int i = position(key);
    LuaValue[] a = array;
    for (; i < a.length; i++) {
      if (a[i] != null) {
        target[at] = LuaInteger.valueOf(i + 1);
        target[at + 1] = a[i];
        return;
      }
    }
    LuaValue[] n = node;
    for (int j = i - a.length << 1; j < n.length; j += 2) {
      if (n[j + 1] != null) {
        target[at] = n[j];
        target[at + 1] = n[j + 1];
        return;
      }
    }
    target[at] = NIL;
    target[at + 1] = NIL;
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
