package org.luaj.vm2;

/**
 * The operators with all their coercions and metamethods.
 *
 * <p>The methods that end in {@code OrNull} answer null where the operands do not support the
 * operation, so that the interpreter can name the variable in its error.
 *
 * <p>Source: Lua 5.1 manual 2.8; LuaJIT's LUA52COMPAT for {@code __len}, {@code __lt} and {@code
 * __le} of mixed types, and for the second operand of unary metamethods.
 */
final class Operators {
  static final int ADD = 0;
  static final int SUB = 1;
  static final int MUL = 2;
  static final int DIV = 3;
  static final int MOD = 4;
  static final int POW = 5;

  static final int NO_INDEX = 1;
  static final int NO_NEWINDEX = 2;
  static final int NO_EQ = 4;
  static final int NO_LEN = 8;

  private static final LuaString[] EVENTS = {
    LuaValue.ADD, LuaValue.SUB, LuaValue.MUL, LuaValue.DIV, LuaValue.MOD, LuaValue.POW
  };
  private static final int MAX_LOOP = 100;

  private Operators() {}

  /** Returns a metamethod that a metatable is often asked for; null for none. */
  static LuaValue meta(LuaTable metatable, int bit, LuaString name) {
    if ((metatable.absent & bit) != 0) {
      return null;
    }
    LuaValue v = metatable.getStr(name);
    if (v == null) {
      metatable.absent |= bit;
    }
    return v;
  }

  private static LuaValue metamethod(LuaValue v, LuaString name) {
    LuaTable metatable = v.metatable();
    return metatable == null ? null : metatable.getStr(name);
  }

  /** Calls a metamethod; a Java function gets a level of the stack, as any function has. */
  private static LuaValue call(LuaValue handler, LuaValue a, LuaValue b) {
    return handler instanceof LuaFunction f && !(f instanceof LuaClosure)
        ? Calls.metamethod(f, a, b, null)
        : handler.call(a, b);
  }

  // Indexing.

  static LuaValue index(LuaValue object, LuaValue key) {
    LuaValue v = indexOrNull(object, key);
    if (v == null) {
      throw LuaError.runtime("attempt to index a " + object.typename() + " value");
    }
    return v;
  }

  static LuaValue indexOrNull(LuaValue object, LuaValue key) {
    LuaValue o = object;
    for (int loop = 0; loop < MAX_LOOP; loop++) {
      LuaValue handler;
      if (o instanceof LuaTable t) {
        LuaValue v = t.getRaw(key);
        if (v != null) {
          return v;
        }
        handler = t.metatable == null ? null : meta(t.metatable, NO_INDEX, LuaValue.INDEX);
        if (handler == null) {
          return LuaValue.NIL;
        }
      } else {
        handler = metamethod(o, LuaValue.INDEX);
        if (handler == null) {
          if (o instanceof LuaUserdata u && u.getClass() != LuaUserdata.class) {
            return o == object ? null : u.get(key);
          }
          if (loop > 0) {
            throw LuaError.runtime("attempt to index a " + o.typename() + " value");
          }
          return null;
        }
      }
      if (handler instanceof LuaFunction f) {
        return call(f, o, key);
      }
      o = handler;
    }
    throw LuaError.runtime("loop in gettable");
  }

  static void setIndex(LuaValue object, LuaValue key, LuaValue value) {
    if (!trySetIndex(object, key, value)) {
      throw LuaError.runtime("attempt to index a " + object.typename() + " value");
    }
  }

  /** Sets a field; answers false where the object has none. */
  static boolean trySetIndex(LuaValue object, LuaValue key, LuaValue value) {
    LuaValue o = object;
    for (int loop = 0; loop < MAX_LOOP; loop++) {
      LuaValue handler;
      if (o instanceof LuaTable t) {
        handler = t.metatable == null ? null : meta(t.metatable, NO_NEWINDEX, LuaValue.NEWINDEX);
        if (handler == null || t.getRaw(key) != null) {
          t.rawset(key, value);
          return true;
        }
      } else {
        handler = metamethod(o, LuaValue.NEWINDEX);
        if (handler == null) {
          if (loop > 0) {
            throw LuaError.runtime("attempt to index a " + o.typename() + " value");
          }
          return false;
        }
      }
      if (handler instanceof LuaFunction f) {
        if (f instanceof LuaClosure) {
          f.call(o, key, value);
        } else {
          Calls.metamethod(f, o, key, value);
        }
        return true;
      }
      o = handler;
    }
    throw LuaError.runtime("loop in settable");
  }

  // Arithmetic.

  static LuaValue arith(int op, LuaValue a, LuaValue b) {
    LuaValue v = arithOrNull(op, a, b);
    if (v == null) {
      LuaValue wrong = a.tonumber().isnil() ? a : b;
      throw LuaError.runtime("attempt to perform arithmetic on a " + wrong.typename() + " value");
    }
    return v;
  }

  static LuaValue arithOrNull(int op, LuaValue a, LuaValue b) {
    LuaValue x = a instanceof LuaNumber ? a : a instanceof LuaString ? a.tonumber() : null;
    LuaValue y = b instanceof LuaNumber ? b : b instanceof LuaString ? b.tonumber() : null;
    if (x instanceof LuaNumber m && y instanceof LuaNumber n) {
      return LuaDouble.valueOf(compute(op, m.todouble(), n.todouble()));
    }
    LuaValue handler = metamethod(a, EVENTS[op]);
    if (handler == null) {
      handler = metamethod(b, EVENTS[op]);
    }
    return handler == null ? null : call(handler, a, b);
  }

  static double compute(int op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a - Math.floor(a / b) * b;
      default -> power(a, b);
    };
  }

  /** C's pow, which has 1 for one to any power and for -1 to an infinite one. */
  static double power(double a, double b) {
    return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : b == 2 ? a * a : Math.pow(a, b);
  }

  static LuaValue negate(LuaValue v) {
    LuaValue r = negateOrNull(v);
    if (r == null) {
      throw LuaError.runtime("attempt to perform arithmetic on a " + v.typename() + " value");
    }
    return r;
  }

  static LuaValue negateOrNull(LuaValue v) {
    if (v instanceof LuaInteger i) {
      return i.v == 0 ? new LuaDouble(-0.0) : LuaInteger.valueOf(-(long) i.v);
    }
    if (v instanceof LuaNumber || v instanceof LuaString) {
      LuaValue n = v.tonumber();
      if (!n.isnil()) {
        return LuaDouble.valueOf(-n.todouble());
      }
    }
    LuaValue handler = metamethod(v, LuaValue.UNM);
    return handler == null ? null : call(handler, v, v);
  }

  // Length and concatenation.

  static LuaValue length(LuaValue v) {
    LuaValue r = lengthOrNull(v);
    if (r == null) {
      throw LuaError.runtime("attempt to get length of a " + v.typename() + " value");
    }
    return r;
  }

  static LuaValue lengthOrNull(LuaValue v) {
    if (v instanceof LuaString s) {
      return LuaInteger.valueOf(s.m_length);
    }
    if (v instanceof LuaTable t) {
      LuaValue handler = t.metatable == null ? null : meta(t.metatable, NO_LEN, LuaValue.LEN);
      return handler == null ? LuaInteger.valueOf(t.rawlen()) : call(handler, v, v);
    }
    LuaValue handler = metamethod(v, LuaValue.LEN);
    return handler == null ? null : call(handler, v, v);
  }

  static LuaValue concat(LuaValue a, LuaValue b) {
    LuaValue v = concatOrNull(a, b);
    if (v == null) {
      LuaValue wrong = a.isstring() ? b : a;
      throw LuaError.runtime("attempt to concatenate a " + wrong.typename() + " value");
    }
    return v;
  }

  static LuaValue concatOrNull(LuaValue a, LuaValue b) {
    if (a.isstring() && b.isstring()) {
      LuaString s = a.strvalue();
      LuaString t = b.strvalue();
      if (s.m_length == 0) {
        return t;
      }
      if (t.m_length == 0) {
        return s;
      }
      long length = (long) s.m_length + t.m_length;
      if (length > 1 << 16) {
        Globals.current().checkStringLength(length);
        Globals.current().budget.copied(length);
      }
      byte[] bytes = new byte[(int) length];
      s.copyInto(0, bytes, 0, s.m_length);
      t.copyInto(0, bytes, s.m_length, t.m_length);
      return LuaString.valueUsing(bytes);
    }
    LuaValue handler = metamethod(a, LuaValue.CONCAT);
    if (handler == null) {
      handler = metamethod(b, LuaValue.CONCAT);
    }
    return handler == null ? null : call(handler, a, b);
  }

  // Comparison.

  static boolean equal(LuaValue a, LuaValue b) {
    if (a == b) {
      return !(a instanceof LuaDouble d) || !Double.isNaN(d.v);
    }
    if (a instanceof LuaNumber || a instanceof LuaString || a.isnil()) {
      return a.raweq(b);
    }
    if (!(a instanceof LuaTable && b instanceof LuaTable)
        && !(a instanceof LuaUserdata && b instanceof LuaUserdata)) {
      return false;
    }
    LuaTable m = a.metatable();
    LuaTable n = b.metatable();
    LuaValue handler = m == null || n == null ? null : meta(m, NO_EQ, LuaValue.EQ);
    if (handler == null) {
      return a.raweq(b);
    }
    LuaValue other = m == n ? handler : meta(n, NO_EQ, LuaValue.EQ);
    return other != null && handler.raweq(other) && call(handler, a, b).toboolean();
  }

  static boolean less(LuaValue a, LuaValue b) {
    return answer(tryLess(a, b), a, b);
  }

  static boolean lessOrEqual(LuaValue a, LuaValue b) {
    return answer(tryLessOrEqual(a, b), a, b);
  }

  private static boolean answer(int outcome, LuaValue a, LuaValue b) {
    if (outcome < 0) {
      throw LuaError.runtime(comparison(a, b));
    }
    return outcome != 0;
  }

  static String comparison(LuaValue a, LuaValue b) {
    String s = a.typename();
    String t = b.typename();
    return s.equals(t)
        ? "attempt to compare two " + s + " values"
        : "attempt to compare " + s + " with " + t;
  }

  /** Answers 1 or 0, and -1 where the values cannot be compared. */
  static int tryLess(LuaValue a, LuaValue b) {
    if (a instanceof LuaNumber m && b instanceof LuaNumber n) {
      return m.todouble() < n.todouble() ? 1 : 0;
    }
    if (a instanceof LuaString s && b instanceof LuaString t) {
      return s.compare(t) < 0 ? 1 : 0;
    }
    return viaMetamethod(LuaValue.LT, a, b);
  }

  static int tryLessOrEqual(LuaValue a, LuaValue b) {
    if (a instanceof LuaNumber m && b instanceof LuaNumber n) {
      return m.todouble() <= n.todouble() ? 1 : 0;
    }
    if (a instanceof LuaString s && b instanceof LuaString t) {
      return s.compare(t) <= 0 ? 1 : 0;
    }
    int outcome = viaMetamethod(LuaValue.LE, a, b);
    if (outcome < 0) {
      int reversed = viaMetamethod(LuaValue.LT, b, a);
      return reversed < 0 ? reversed : 1 - reversed;
    }
    return outcome;
  }

  private static int viaMetamethod(LuaString event, LuaValue a, LuaValue b) {
    LuaValue handler = metamethod(a, event);
    if (handler == null) {
      handler = metamethod(b, event);
    }
    return handler == null ? -1 : call(handler, a, b).toboolean() ? 1 : 0;
  }

  // Calls.

  /** Returns the metamethod that makes a value callable; raises an error where there is none. */
  static LuaValue callable(LuaValue v) {
    LuaValue handler = metamethod(v, LuaValue.CALL);
    if (handler == null || handler == v) {
      throw LuaError.runtime("attempt to call a " + v.typename() + " value");
    }
    return handler;
  }
}
