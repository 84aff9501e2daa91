package org.luaj.vm2;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes equal constants of different chunks one object where that is cheap, so that table look-ups
 * succeed by identity.
 *
 * <p>Threads: any. Names the operators use are kept for ever; others in a cache of fixed size whose
 * races are harmless, for strings are immutable.
 */
final class ConstantStrings {
  static final LuaString EMPTY = new LuaString(new byte[0], 0, 0);
  private static final int LONGEST = 40;
  private static final ConcurrentHashMap<LuaString, LuaString> SHARED = new ConcurrentHashMap<>();

  private final LuaString[] recent = new LuaString[2048];

  ConstantStrings() {}

  static LuaString shared(LuaString s) {
    LuaString known = SHARED.putIfAbsent(s, s);
    return known == null ? s : known;
  }

  /** Returns the string, or an equal one met before. */
  LuaString intern(LuaString s) {
    if (s.m_length > LONGEST) {
      return s;
    }
    LuaString known = SHARED.get(s);
    if (known != null) {
      return known;
    }
    int slot = s.hashCode() & recent.length - 1;
    LuaString old = recent[slot];
    if (old != null && old.sameBytes(s)) {
      return old;
    }
    recent[slot] = s;
    return s;
  }
}
