package org.luaj.vm2;

import org.luaj.vm2.compiler.Opcode;

/**
 * The instructions as {@link JitCode} executes them, one method each: what {@link Interpreter} does
 * for it, to the letter. Each gets the frame, its registers, the instruction, which is a constant
 * where it is called, and the position after it; then its operands, where they may be registers or
 * constants, or its constant. Conditions answer whether the jump is taken.
 */
final class JitSteps {
  private JitSteps() {}

  static void move(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = r[Opcode.b(i)];
  }

  static void loadk(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue k) {
    r[Opcode.a(i)] = k;
  }

  static void loadnil(CallFrame ci, LuaValue[] r, int i, int pc) {
    Calls.fill(r, Opcode.a(i), Opcode.b(i));
  }

  static void loadtrue(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = LuaValue.TRUE;
  }

  static void loadfalse(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = LuaValue.FALSE;
  }

  static void getupval(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = ci.closure.upValues[Opcode.b(i)].value;
  }

  static void setupval(CallFrame ci, LuaValue[] r, int i, int pc) {
    ci.closure.upValues[Opcode.b(i)].value = r[Opcode.a(i)];
  }

  static void newcell(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = new UpValue(r[Opcode.a(i)]);
  }

  static void getcell(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = ((UpValue) r[Opcode.b(i)]).value;
  }

  static void setcell(CallFrame ci, LuaValue[] r, int i, int pc) {
    ((UpValue) r[Opcode.a(i)]).value = r[Opcode.b(i)];
  }

  static void getglobal(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue k) {
    LuaTable t = ci.closure.environment;
    LuaValue v = t.getStr((LuaString) k);
    r[Opcode.a(i)] = v != null ? v : SlowPaths.index(ci, pc, t, k, -1);
  }

  static void setglobal(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue k) {
    LuaTable t = ci.closure.environment;
    if (t.metatable == null) {
      t.putStr((LuaString) k, r[Opcode.a(i)]);
    } else {
      SlowPaths.setIndex(ci, pc, t, k, r[Opcode.a(i)], -1);
    }
  }

  static void gettable(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue o = r[Opcode.b(i)];
    LuaValue key = r[Opcode.c(i)];
    LuaValue v = null;
    if (o instanceof LuaTable t) {
      if (key instanceof LuaInteger n) {
        int at = n.v - 1;
        LuaValue[] list = t.array;
        v = at >= 0 && at < list.length ? list[at] : t.getInt(n.v);
      } else {
        v = t.getRaw(key);
      }
    }
    r[Opcode.a(i)] = v != null ? v : SlowPaths.index(ci, pc, o, key, Opcode.b(i));
  }

  static void getfield(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue k) {
    LuaValue o = r[Opcode.b(i)];
    LuaValue v = o instanceof LuaTable t ? t.getStr((LuaString) k) : null;
    r[Opcode.a(i)] = v != null ? v : SlowPaths.index(ci, pc, o, k, Opcode.b(i));
  }

  static void getint(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue o = r[Opcode.b(i)];
    int key = Opcode.c(i);
    LuaValue v = o instanceof LuaTable t ? t.getInt(key) : null;
    r[Opcode.a(i)] =
        v != null ? v : SlowPaths.index(ci, pc, o, LuaInteger.valueOf(key), Opcode.b(i));
  }

  static void settable(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue o = r[Opcode.a(i)];
    LuaValue key = r[Opcode.b(i)];
    LuaValue v = r[Opcode.c(i)];
    if (o instanceof LuaTable t && t.takesNewKeys()) {
      if (key instanceof LuaInteger n) {
        int at = n.v - 1;
        LuaValue[] list = t.array;
        if (at >= 0 && at < list.length && v != LuaValue.NIL) {
          list[at] = v;
        } else {
          t.putInt(n.v, v);
        }
        return;
      }
      if (key instanceof LuaString s) {
        t.putStr(s, v);
        return;
      }
    }
    SlowPaths.setIndex(ci, pc, o, key, v, Opcode.a(i));
  }

  static void setfield(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue k) {
    LuaValue o = r[Opcode.a(i)];
    if (o instanceof LuaTable t && t.takesNewKeys()) {
      t.putStr((LuaString) k, r[Opcode.c(i)]);
    } else {
      SlowPaths.setIndex(ci, pc, o, k, r[Opcode.c(i)], Opcode.a(i));
    }
  }

  static void setint(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue o = r[Opcode.a(i)];
    int key = Opcode.b(i);
    if (o instanceof LuaTable t && t.takesNewKeys()) {
      t.putInt(key, r[Opcode.c(i)]);
    } else {
      SlowPaths.setIndex(ci, pc, o, LuaInteger.valueOf(key), r[Opcode.c(i)], Opcode.a(i));
    }
  }

  static void self(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue k) {
    LuaValue o = r[Opcode.b(i)];
    LuaString key = (LuaString) k;
    LuaValue v = o instanceof LuaTable t ? t.getStr(key) : null;
    if (v == null) {
      v = SlowPaths.method(ci, pc, o, key, Opcode.b(i));
    }
    r[Opcode.a(i) + 1] = o;
    r[Opcode.a(i)] = v;
  }

  static void newtable(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = SlowPaths.newTable(i);
  }

  static void setlist(CallFrame ci, LuaValue[] r, int i, int pc, int before) {
    SlowPaths.setList(ci, i, before);
  }

  static void add(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
      r[Opcode.a(i)] = LuaInteger.valueOf((long) m.v + n.v);
    } else if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
      r[Opcode.a(i)] = new LuaDouble(m.v + n.v);
    } else {
      r[Opcode.a(i)] = SlowPaths.arith(ci, pc, Operators.ADD, x, y);
    }
  }

  static void sub(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
      r[Opcode.a(i)] = LuaInteger.valueOf((long) m.v - n.v);
    } else if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
      r[Opcode.a(i)] = new LuaDouble(m.v - n.v);
    } else {
      r[Opcode.a(i)] = SlowPaths.arith(ci, pc, Operators.SUB, x, y);
    }
  }

  static void mul(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    r[Opcode.a(i)] =
        x instanceof LuaDouble m && y instanceof LuaDouble n
            ? new LuaDouble(m.v * n.v)
            : SlowPaths.multiply(ci, pc, x, y);
  }

  static void div(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    r[Opcode.a(i)] =
        x instanceof LuaDouble m && y instanceof LuaDouble n
            ? new LuaDouble(m.v / n.v)
            : SlowPaths.arith(ci, pc, Operators.DIV, x, y);
  }

  static void mod(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    r[Opcode.a(i)] =
        x instanceof LuaInteger m && y instanceof LuaInteger n && n.v > 0
            ? LuaInteger.valueOf(Math.floorMod(m.v, n.v))
            : SlowPaths.arith(ci, pc, Operators.MOD, x, y);
  }

  static void pow(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    r[Opcode.a(i)] = SlowPaths.arith(ci, pc, Operators.POW, x, y);
  }

  static void unm(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue x = r[Opcode.b(i)];
    r[Opcode.a(i)] =
        x instanceof LuaDouble n ? new LuaDouble(-n.v) : SlowPaths.negate(ci, pc, x, Opcode.b(i));
  }

  static void not(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = r[Opcode.b(i)].toboolean() ? LuaValue.FALSE : LuaValue.TRUE;
  }

  static void len(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue x = r[Opcode.b(i)];
    r[Opcode.a(i)] =
        x instanceof LuaTable t && t.metatable == null
            ? LuaInteger.valueOf(t.rawlen())
            : SlowPaths.length(ci, pc, x, Opcode.b(i));
  }

  static void concat(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = SlowPaths.concat(ci, pc, Opcode.b(i), Opcode.c(i));
  }

  static boolean test(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue x = r[Opcode.a(i)];
    boolean truth = x != LuaValue.FALSE && x != LuaValue.NIL;
    return truth == (Opcode.c(i) != 0);
  }

  static boolean eq(CallFrame ci, LuaValue[] r, int i, int pc) {
    LuaValue x = r[Opcode.a(i)];
    LuaValue y = r[Opcode.b(i)];
    boolean equal = x == y && !(x instanceof LuaDouble) || SlowPaths.equal(ci, pc, x, y);
    return equal == (Opcode.c(i) != 0);
  }

  static boolean eqk(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue k) {
    LuaValue x = r[Opcode.a(i)];
    return (x == k && !(x instanceof LuaDouble) || x.raweq(k)) == (Opcode.c(i) != 0);
  }

  static boolean lt(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    boolean less =
        x instanceof LuaInteger m && y instanceof LuaInteger n
            ? m.v < n.v
            : SlowPaths.less(ci, pc, x, y);
    return less == (Opcode.c(i) != 0);
  }

  static boolean le(CallFrame ci, LuaValue[] r, int i, int pc, LuaValue x, LuaValue y) {
    boolean less =
        x instanceof LuaInteger m && y instanceof LuaInteger n
            ? m.v <= n.v
            : SlowPaths.lessOrEqual(ci, pc, x, y);
    return less == (Opcode.c(i) != 0);
  }

  /** Whether the loop runs at all. */
  static boolean forprep(CallFrame ci, LuaValue[] r, int i, int pc) {
    return SlowPaths.prepareFor(ci, pc, Opcode.a(i));
  }

  static boolean forloop(CallFrame ci, LuaValue[] r, int i, int pc) {
    int a = Opcode.a(i);
    if (r[a] instanceof LuaInteger x
        && r[a + 1] instanceof LuaInteger limit
        && r[a + 2] instanceof LuaInteger step) {
      long next = (long) x.v + step.v;
      if (step.v >= 0 ? next > limit.v : next < limit.v) {
        return false;
      }
      LuaInteger v = LuaInteger.valueOf((int) next);
      r[a] = v;
      r[a + 3] = v;
      return true;
    }
    return SlowPaths.advanceFor(r, a);
  }

  static void tforcall(CallFrame ci, LuaValue[] r, int i, int pc) {
    int a = Opcode.a(i);
    int wanted = Opcode.c(i);
    if (r[a] instanceof DirectIterator d && r[a + 1] instanceof LuaTable t) {
      ci.pc = pc;
      ci.thread.publish(ci);
      d.advance(t, r[a + 2], r, a + 3);
      if (wanted > 2) {
        Calls.fill(r, a + 5, a + 2 + wanted);
      }
    } else {
      Calls.iterate(ci, pc, a, wanted);
    }
  }

  static boolean tforloop(CallFrame ci, LuaValue[] r, int i, int pc) {
    int a = Opcode.a(i);
    LuaValue key = r[a + 3];
    if (key == LuaValue.NIL) {
      return false;
    }
    r[a + 2] = key;
    return true;
  }

  /** Calls; answers the frame to go on with, this one if the call is over. */
  static CallFrame call(CallFrame ci, LuaValue[] r, int i, int pc, int nested) {
    ci.pc = pc;
    if (r[Opcode.a(i)] instanceof LuaClosure callee) {
      return enter(Calls.frame(ci, ci, callee, i, i & ~0xFF), nested);
    }
    Calls.call(ci, i);
    return ci;
  }

  private static CallFrame enter(CallFrame next, int nested) {
    JitCode code = next.closure.p.jit;
    return code != null && code.code == next.code && nested > 0
        ? code.run(next, next.registers, 0, nested - 1)
        : next;
  }

  /** Calls a Lua function in this one's place; any other is left to the interpreter. */
  static CallFrame tailcall(CallFrame ci, LuaValue[] r, int i, int pc, int nested) {
    if (r[Opcode.a(i)] instanceof LuaClosure callee) {
      ci.pc = pc + 1;
      return enter(Calls.frame(ci, ci.previous, callee, i, ci.call | CallFrame.TAIL), nested);
    }
    ci.pc = pc;
    return ci;
  }

  /** Returns to the frame below; a return to Java code is left to the interpreter. */
  static CallFrame returnAll(CallFrame ci, LuaValue[] r, int i, int pc) {
    if (ci.isEntry()) {
      ci.pc = pc;
      return ci;
    }
    Calls.place(ci, Calls.results(ci, Opcode.a(i), Opcode.b(i) - 1));
    return ci.previous;
  }

  static CallFrame return0(CallFrame ci, LuaValue[] r, int i, int pc) {
    if (ci.isEntry()) {
      ci.pc = pc;
      return ci;
    }
    if (ci.wanted() != 0) {
      Calls.place(ci, LuaValue.NONE);
    }
    return ci.previous;
  }

  static CallFrame return1(CallFrame ci, LuaValue[] r, int i, int pc) {
    if (ci.isEntry()) {
      ci.pc = pc;
      return ci;
    }
    if (ci.wanted() == 1) {
      ci.previous.registers[ci.target()] = r[Opcode.a(i)];
    } else {
      Calls.place(ci, r[Opcode.a(i)]);
    }
    return ci.previous;
  }

  static void vararg(CallFrame ci, LuaValue[] r, int i, int pc) {
    Calls.extra(ci, Opcode.a(i), Opcode.c(i) - 1);
  }

  static void closure(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = Calls.closure(ci, Opcode.d(i));
  }

  static void environment(CallFrame ci, LuaValue[] r, int i, int pc) {
    r[Opcode.a(i)] = ci.closure.environment;
  }

  /** Counts a jump back; answers whether the interpreter must go on, at the target. */
  static boolean stopped(CallFrame ci, int[] code, int target) {
    return --ci.thread.budget.ticks < 0 && SlowPaths.look(ci, target) != code;
  }
}
