package org.luaj.vm2;

import java.util.Arrays;

/**
 * The entries of a table: an array for the keys from 1 on, an open hash for the others. Nothing
 * here looks at metamethods.
 *
 * <p>Threads: the thread that runs the VM, one at a time. In both parts Java's null stands for nil.
 * A key whose value became nil keeps its place until the hash is rebuilt, so that a traversal may
 * clear fields. A table with {@code __mode} keeps its entries in {@link WeakEntries} instead, and
 * its own parts are empty.
 *
 * <p>Source: Lua 5.1 manual 2.5.5 (border), 2.10.2 (weak tables), {@code next}.
 */
abstract class TableStorage extends LuaValue {
  static final LuaValue[] NOTHING = {};
  static final LuaValue[] NO_NODES = {null, null};

  /** Values of the keys 1 to array.length. */
  LuaValue[] array = NOTHING;

  /** Keys and values in turn; half its length is a power of two and at least a quarter is free. */
  LuaValue[] node = NO_NODES;

  /** Bits of the metamethods that this table, as a metatable, is known not to have. */
  int absent;

  WeakEntries weak;
  int used;
  private int border;

  // Reading: null stands for nil.

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

  // Writing.

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
    } else if (i == a.length && weak == null && i < TableSizes.LARGEST_ARRAY && !value.isnil()) {
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
    array = Arrays.copyOf(array, Math.min(Math.max(4, old * 2), TableSizes.LARGEST_ARRAY));
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

  /** Makes room for a key: drops dead ones, and moves dense int keys to the array. */
  private void rebuild(LuaValue newKey) {
    LuaValue[] old = node;
    int[] powers = new int[27];
    int live = 1;
    int ints = TableSizes.countInt(newKey, powers);
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != null) {
        live++;
        ints += TableSizes.countInt(old[i], powers);
      }
    }
    int size = ints == 0 ? array.length : Math.max(array.length, TableSizes.dense(array, powers));
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
        entries == 0
            ? NO_NODES
            : new LuaValue[TableSizes.capacityFor(entries + (entries >> 2)) * 2];
    used = 0;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i + 1] != null) {
        place(fresh, old[i], old[i + 1]);
        used++;
      }
    }
    node = fresh;
  }

  /** Makes room for list values up to an index. */
  @Override
  public void presize(int narray) {
    if (weak == null && narray > array.length && narray <= TableSizes.LARGEST_ARRAY) {
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

  // Traversal.

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
}
