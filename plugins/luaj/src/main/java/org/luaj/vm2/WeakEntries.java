package org.luaj.vm2;

import java.lang.ref.WeakReference;

/**
 * The entries of a table with {@code __mode}.
 *
 * <p>Only tables, functions, userdata and coroutines are held weakly. As in Lua 5.1 a value that
 * refers to its own weak key keeps it alive.
 */
final class WeakEntries {
  final boolean keys;
  final boolean values;

  /** A key: a LuaValue or a WeakKey; null for a free slot. */
  private Object[] slots = new Object[8];

  /** A value: a LuaValue or a WeakReference; null for nil. */
  private Object[] held = new Object[8];

  private int used;

  WeakEntries(boolean keys, boolean values) {
    this.keys = keys;
    this.values = values;
  }

  /** Holds the key, or its token: a userdata with a finalizer is a key until that has run. */
  private static final class WeakKey extends WeakReference<Object> {
    final int hash;

    WeakKey(LuaValue key) {
      super(Finalizers.isProxy(key) ? Finalizers.token(key) : key);
      hash = key.hashCode();
    }

    LuaValue key() {
      return get() instanceof Finalizers.Token t ? t.userdata() : (LuaValue) get();
    }

    boolean isOf(LuaValue key) {
      Object o = get();
      return o != null && (o == key || o == Finalizers.token(key));
    }
  }

  private static boolean collectable(LuaValue v) {
    return v.type() >= LuaValue.TTABLE;
  }

  LuaValue get(LuaValue key) {
    int i = find(key);
    return i < 0 ? null : value(i);
  }

  void put(LuaValue key, LuaValue value) {
    int i = find(key);
    if (i >= 0) {
      held[i] = hold(value);
    } else if (!value.isnil()) {
      if ((used + 1) * 4 > slots.length * 3) {
        rebuild();
      }
      place(keys && collectable(key) ? new WeakKey(key) : key, hold(value));
      used++;
    }
  }

  Varargs next(LuaValue key) {
    int i = 0;
    if (!key.isnil()) {
      i = find(key) + 1;
      if (i == 0) {
        throw LuaError.runtime("invalid key to 'next'");
      }
    }
    for (; i < slots.length; i++) {
      LuaValue k = key(i);
      LuaValue v = k == null ? null : value(i);
      if (v != null) {
        return LuaValue.varargsOf(k, v);
      }
    }
    return LuaValue.NIL;
  }

  private Object hold(LuaValue value) {
    if (value.isnil()) {
      return null;
    }
    return values && collectable(value) ? new WeakReference<>(value) : value;
  }

  private LuaValue key(int i) {
    return slots[i] instanceof WeakKey w ? w.key() : (LuaValue) slots[i];
  }

  private LuaValue value(int i) {
    return held[i] instanceof WeakReference<?> w ? (LuaValue) w.get() : (LuaValue) held[i];
  }

  private int find(LuaValue key) {
    int mask = slots.length - 1;
    for (int i = key.hashCode() & mask; slots[i] != null; i = i + 1 & mask) {
      boolean same =
          slots[i] instanceof WeakKey w
              ? w.isOf(key)
              : slots[i] == key || LuaTable.same((LuaValue) slots[i], key);
      if (same) {
        return i;
      }
    }
    return -1;
  }

  private void place(Object key, Object value) {
    int mask = slots.length - 1;
    int i = (key instanceof WeakKey w ? w.hash : key.hashCode()) & mask;
    while (slots[i] != null) {
      i = i + 1 & mask;
    }
    slots[i] = key;
    held[i] = value;
  }

  /** Drops what the collector or the script took away, and grows where that is not enough. */
  private void rebuild() {
    Object[] oldKeys = slots;
    Object[] oldValues = held;
    int live = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      boolean gone = oldKeys[i] instanceof WeakKey w && w.get() == null;
      if (gone || value(i) == null) {
        oldKeys[i] = null;
      } else {
        live++;
      }
    }
    int capacity = 8;
    while (capacity < live * 2) {
      capacity <<= 1;
    }
    slots = new Object[capacity];
    held = new Object[capacity];
    used = live;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        place(oldKeys[i], oldValues[i]);
      }
    }
  }
}
