package org.luaj.vm2;

import org.luaj.vm2.compiler.Opcode;

/**
 * What the interpreter's loop leaves to calls: metamethods, coercions, Java functions, errors.
 *
 * <p>Every method that may run other code or fail first writes the position into the frame and
 * makes the frame the thread's top.
 */
final class SlowPaths {
  private SlowPaths() {}

  private static void publish(CallFrame ci, int pc) {
    ci.pc = pc;
    ci.thread.publish(ci);
  }

  /** Looks at the budget, and answers the code to go on with; the calling frame is complete. */
  static int[] look(CallFrame ci, int pc) {
    publish(ci, pc);
    Budget budget = ci.thread.globals.budget;
    if (budget.ticks < 0) {
      JitCompiler.sampled(ci.closure.p);
      budget.ticks = budget.look();
    }
    Globals vm = ci.thread.globals;
    vm.hook.disarm();
    vm.hook.follow(ci.thread);
    if (ci.code == ci.closure.p.code) {
      ci.code = ci.closure.p.entry; // which may have come since the call
    }
    if (vm.finalizers.areDue()) {
      vm.finalizers.run();
    }
    return ci.code;
  }

  /** Answers the code to go on with one instruction earlier, where a hook has put a trap. */
  static int[] trap(CallFrame ci, int pc) {
    publish(ci, pc);
    return ci.thread.globals.hook.trap(ci);
  }

  // Errors that name variables.

  static LuaError typeError(CallFrame ci, String verb, LuaValue v, int register) {
    VariableName name =
        register < 0
            ? VariableName.NONE
            : VariableName.ofRegister(ci.closure.p, ci.pc - 1, register);
    return LuaError.runtime(
        name.isKnown()
            ? "attempt to "
                + verb
                + " "
                + name.kind()
                + " '"
                + name.name()
                + "' (a "
                + v.typename()
                + " value)"
            : "attempt to " + verb + " a " + v.typename() + " value");
  }

  // Indexing.

  static LuaValue index(CallFrame ci, int pc, LuaValue o, LuaValue key, int register) {
    if (o instanceof LuaTable t && t.metatable == null) {
      return LuaValue.NIL;
    }
    publish(ci, pc);
    if (o instanceof LuaUserdata && o.getClass() != LuaUserdata.class) {
      return o.get(key);
    }
    LuaValue v = Operators.indexOrNull(o, key);
    if (v == null) {
      throw typeError(ci, "index", o, register);
    }
    return v;
  }

  /** Looks a method up, with a short cut for an object whose class is one table away. */
  static LuaValue method(CallFrame ci, int pc, LuaValue o, LuaString key, int register) {
    if (o instanceof LuaString) {
      LuaTable metatable = ci.thread.globals.stringMetatable;
      if (metatable != null && metatable.getStr(LuaValue.INDEX) instanceof LuaTable methods) {
        LuaValue v = methods.getStr(key);
        if (v != null) {
          return v;
        }
      }
    }
    if (o instanceof LuaTable t && t.metatable != null) {
      LuaValue handler = Operators.meta(t.metatable, Operators.NO_INDEX, LuaValue.INDEX);
      if (handler instanceof LuaTable c) {
        LuaValue v = c.getStr(key);
        if (v != null) {
          return v;
        }
      }
    }
    return index(ci, pc, o, key, register);
  }

  static void setIndex(
      CallFrame ci, int pc, LuaValue o, LuaValue key, LuaValue value, int register) {
    publish(ci, pc);
    if (o instanceof LuaUserdata && o.getClass() != LuaUserdata.class) {
      o.set(key, value);
    } else if (!Operators.trySetIndex(o, key, value)) {
      throw typeError(ci, "index", o, register);
    }
  }

  static LuaTable newTable(int i) {
    return new LuaTable(roomFor(Opcode.b(i)), roomFor(Opcode.c(i)));
  }

  private static int roomFor(int size) {
    return size < 128 ? size : 1 << Math.min(size - 128, 20);
  }

  static void setList(CallFrame ci, int i, int before) {
    LuaValue[] r = ci.registers;
    int a = Opcode.a(i);
    int fixed = Opcode.b(i);
    LuaTable t = (LuaTable) r[a];
    int more = 0;
    Varargs open = LuaValue.NONE;
    if (fixed == 0) {
      fixed = ci.openAt - a - 1;
      open = ci.takeOpen();
      more = open.narg();
    }
    t.presize(before + fixed + more);
    for (int j = 1; j <= fixed; j++) {
      t.putInt(before + j, r[a + j]);
    }
    for (int j = 1; j <= more; j++) {
      t.putInt(before + fixed + j, open.arg(j));
    }
  }

  // Operators.

  static LuaValue arith(CallFrame ci, int pc, int op, LuaValue x, LuaValue y) {
    if (x instanceof LuaNumber m && y instanceof LuaNumber n) {
      return LuaDouble.valueOf(Operators.compute(op, m.todouble(), n.todouble()));
    }
    publish(ci, pc);
    LuaValue v = Operators.arithOrNull(op, x, y);
    if (v != null) {
      return v;
    }
    int i = ci.closure.p.code[pc - 1];
    boolean constant = Opcode.op(i) >= Opcode.ADDK;
    if (!(x instanceof LuaNumber) && x.tonumber().isnil()) {
      throw typeError(ci, "perform arithmetic on", x, Opcode.b(i));
    }
    throw typeError(ci, "perform arithmetic on", y, constant ? -1 : Opcode.c(i));
  }

  static LuaValue multiply(CallFrame ci, int pc, LuaValue x, LuaValue y) {
    if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
      long product = (long) m.v * n.v;
      if (product != 0 || (m.v | n.v) >= 0) {
        return LuaInteger.valueOf(product);
      }
      return new LuaDouble(-0.0);
    }
    return arith(ci, pc, Operators.MUL, x, y);
  }

  static LuaValue negate(CallFrame ci, int pc, LuaValue x, int register) {
    publish(ci, pc);
    LuaValue v = Operators.negateOrNull(x);
    if (v == null) {
      throw typeError(ci, "perform arithmetic on", x, register);
    }
    return v;
  }

  static LuaValue length(CallFrame ci, int pc, LuaValue x, int register) {
    publish(ci, pc);
    LuaValue v = Operators.lengthOrNull(x);
    if (v == null) {
      throw typeError(ci, "get length of", x, register);
    }
    return v;
  }

  static LuaValue concat(CallFrame ci, int pc, int first, int last) {
    LuaValue[] r = ci.registers;
    LuaValue right = r[last];
    int j = last - 1;
    while (j >= first) {
      int begin = j + 1;
      if (right.isstring()) {
        while (begin > first && r[begin - 1].isstring()) {
          begin--;
        }
      }
      if (begin <= j) {
        right = join(ci, pc, r, begin, j, right);
        j = begin - 1;
        continue;
      }
      publish(ci, pc);
      LuaValue v = Operators.concatOrNull(r[j], right);
      if (v == null) {
        boolean left = !r[j].isstring();
        throw typeError(
            ci, "concatenate", left ? r[j] : right, left ? j : j + 1 == last ? last : -1);
      }
      right = v;
      j--;
    }
    return right;
  }

  /** Concatenates strings and numbers of registers and one more. */
  private static LuaString join(
      CallFrame ci, int pc, LuaValue[] r, int from, int to, LuaValue last) {
    LuaString tail = last.strvalue();
    long length = tail.m_length;
    for (int j = from; j <= to; j++) {
      if (!(r[j] instanceof LuaString)) {
        r[j] = r[j].strvalue();
      }
      length += ((LuaString) r[j]).m_length;
    }
    if (length > 1 << 16) {
      publish(ci, pc);
      ci.thread.globals.checkStringLength(length);
      ci.thread.globals.budget.copied(length);
    }
    byte[] bytes = new byte[(int) length];
    int at = 0;
    for (int j = from; j <= to; j++) {
      LuaString s = (LuaString) r[j];
      s.copyInto(0, bytes, at, s.m_length);
      at += s.m_length;
    }
    tail.copyInto(0, bytes, at, tail.m_length);
    return LuaString.valueUsing(bytes);
  }

  static boolean equal(CallFrame ci, int pc, LuaValue x, LuaValue y) {
    if (x instanceof LuaTable || x instanceof LuaUserdata) {
      publish(ci, pc);
      return Operators.equal(x, y);
    }
    return x.raweq(y);
  }

  static boolean less(CallFrame ci, int pc, LuaValue x, LuaValue y) {
    if (x instanceof LuaNumber m && y instanceof LuaNumber n) {
      return m.todouble() < n.todouble();
    }
    publish(ci, pc);
    return Operators.less(x, y);
  }

  static boolean lessOrEqual(CallFrame ci, int pc, LuaValue x, LuaValue y) {
    if (x instanceof LuaNumber m && y instanceof LuaNumber n) {
      return m.todouble() <= n.todouble();
    }
    publish(ci, pc);
    return Operators.lessOrEqual(x, y);
  }

  // Loops.

  /** Checks a numeric for's values and sets its variable; answers whether it runs at all. */
  static boolean prepareFor(CallFrame ci, int pc, int a) {
    LuaValue[] r = ci.registers;
    LuaNumber start = forValue(ci, pc, r[a], "initial");
    LuaNumber limit = forValue(ci, pc, r[a + 1], "limit");
    LuaNumber step = forValue(ci, pc, r[a + 2], "step");
    boolean up = step.todouble() >= 0;
    if (start instanceof LuaInteger && step instanceof LuaInteger && limit instanceof LuaDouble d) {
      limit = LuaDouble.valueOf(up ? Math.floor(d.v) : Math.ceil(d.v));
    }
    if (start instanceof LuaDouble d) {
      start = LuaDouble.valueOf(d.v);
    }
    r[a] = start;
    r[a + 1] = limit instanceof LuaDouble d ? LuaDouble.valueOf(d.v) : limit;
    r[a + 2] = step instanceof LuaDouble d ? LuaDouble.valueOf(d.v) : step;
    r[a + 3] = start;
    return up ? start.todouble() <= limit.todouble() : start.todouble() >= limit.todouble();
  }

  private static LuaNumber forValue(CallFrame ci, int pc, LuaValue v, String which) {
    if (v instanceof LuaNumber n) {
      return n;
    }
    if (v.tonumber() instanceof LuaNumber n) {
      return n;
    }
    publish(ci, pc);
    String what = which.equals("initial") ? "initial value" : which;
    throw LuaError.runtime("'for' " + what + " must be a number");
  }

  /** Advances a numeric for whose values are not all ints; answers whether it goes on. */
  static boolean advanceFor(LuaValue[] r, int a) {
    double step = r[a + 2].todouble();
    double next = r[a].todouble() + step;
    double limit = r[a + 1].todouble();
    if (step >= 0 ? next <= limit : next >= limit) {
      LuaNumber v = LuaDouble.valueOf(next);
      r[a] = v;
      r[a + 3] = v;
      return true;
    }
    return false;
  }
}
