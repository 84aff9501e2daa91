package org.luaj.vm2;

import static org.luaj.vm2.compiler.Opcode.*;

/**
 * The machine that executes prototypes.
 *
 * <p>{@link #execute} is one loop over the frames between two pieces of Java code: a Lua function
 * that calls a Lua function costs a frame and no Java recursion. The loop holds the short cuts
 * only; whatever may call, fail or allocate much is in {@link SlowPaths} and {@link Calls}, which
 * write the position into the frame first. The method must stay under 8000 bytes of bytecode, or
 * the JVM would never compile it; a test looks.
 */
final class Interpreter {
  private Interpreter() {}

  /** Runs a frame that Java code made, as the current VM, and takes it off the stack again. */
  static Varargs enter(LuaThread thread, CallFrame frame) {
    if (thread.budget.ticks < 0) {
      return thread.globals.hook.enter(thread, frame);
    }
    return run(thread, frame);
  }

  /** Runs such a frame without telling the hook of the call. */
  static Varargs run(LuaThread thread, CallFrame frame) {
    CallFrame below = thread.top;
    Varargs results;
    if (below.previous == null) {
      Globals before = Globals.enter(thread.globals);
      try {
        results = execute(frame);
      } finally {
        Globals.enter(before);
      }
    } else {
      results = execute(frame);
    }
    thread.top = below;
    return results;
  }

  /** Fills the parameters that got no argument with nil. */
  static void adjust(CallFrame frame, int given) {
    LuaValue[] r = frame.registers;
    for (int i = given, n = frame.closure.p.numparams; i < n; i++) {
      r[i] = LuaValue.NIL;
    }
  }

  @SuppressWarnings({"fallthrough", "StatementSwitchToExpressionSwitch"})
  private static Varargs execute(CallFrame entry) {
    CallFrame ci = entry; // few variables: each one more is spilled at every instruction
    LuaValue[] r = ci.registers;
    int[] code = ci.code;
    LuaValue[] k = ci.closure.p.k;
    int pc = 0;
    for (; ; ) {
      final int i = code[pc++];
      final int a = i >>> 8 & 0xFF;
      switch (i & 0xFF) {
        case MOVE:
          r[a] = r[i >>> 16 & 0xFF];
          continue;
        case LOADK:
          r[a] = k[i >>> 16];
          continue;
        case LOADKX:
          r[a] = k[code[pc++]];
          continue;
        case LOADNIL:
          r[a] = LuaValue.NIL;
          if ((i >>> 16 & 0xFF) != a) {
            Calls.fill(r, a + 1, i >>> 16 & 0xFF);
          }
          continue;
        case LOADTRUE:
          r[a] = LuaValue.TRUE;
          continue;
        case LOADFALSE:
          r[a] = LuaValue.FALSE;
          continue;
        case GETUPVAL:
          r[a] = ci.closure.upValues[i >>> 16 & 0xFF].value;
          continue;
        case SETUPVAL:
          ci.closure.upValues[i >>> 16 & 0xFF].value = r[a];
          continue;
        case NEWCELL:
          r[a] = new UpValue(r[a]);
          continue;
        case GETCELL:
          r[a] = ((UpValue) r[i >>> 16 & 0xFF]).value;
          continue;
        case SETCELL:
          ((UpValue) r[a]).value = r[i >>> 16 & 0xFF];
          continue;
        case GETGLOBAL:
          {
            LuaString key = (LuaString) k[i >>> 16];
            LuaValue v = ci.closure.environment.getStr(key);
            r[a] = v != null ? v : SlowPaths.index(ci, pc, ci.closure.environment, key, -1);
            continue;
          }
        case SETGLOBAL:
          {
            LuaTable t = ci.closure.environment;
            if (t.metatable == null) {
              t.putStr((LuaString) k[i >>> 16], r[a]);
            } else {
              SlowPaths.setIndex(ci, pc, t, k[i >>> 16], r[a], -1);
            }
            continue;
          }
        case GETTABLE:
          {
            int b = i >>> 16 & 0xFF;
            LuaValue o = r[b];
            LuaValue key = r[i >>> 24];
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
            r[a] = v != null ? v : SlowPaths.index(ci, pc, o, key, b);
            continue;
          }
        case GETFIELD:
          {
            int b = i >>> 16 & 0xFF;
            LuaValue o = r[b];
            LuaString key = (LuaString) k[i >>> 24];
            LuaValue v = o instanceof LuaTable t ? t.getStr(key) : null;
            r[a] = v != null ? v : SlowPaths.index(ci, pc, o, key, b);
            continue;
          }
        case GETINT:
          {
            int b = i >>> 16 & 0xFF;
            LuaValue o = r[b];
            LuaValue v = o instanceof LuaTable t ? t.getInt(i >>> 24) : null;
            r[a] = v != null ? v : SlowPaths.index(ci, pc, o, LuaInteger.valueOf(i >>> 24), b);
            continue;
          }
        case SETTABLE:
          {
            LuaValue o = r[a];
            LuaValue key = r[i >>> 16 & 0xFF];
            if (o instanceof LuaTable t && t.takesNewKeys()) {
              if (key instanceof LuaInteger n) {
                LuaValue v = r[i >>> 24];
                int at = n.v - 1;
                LuaValue[] list = t.array;
                if (at >= 0 && at < list.length && v != LuaValue.NIL) {
                  list[at] = v;
                } else {
                  t.putInt(n.v, v);
                }
                continue;
              }
              if (key instanceof LuaString s) {
                t.putStr(s, r[i >>> 24]);
                continue;
              }
            }
            SlowPaths.setIndex(ci, pc, o, key, r[i >>> 24], a);
            continue;
          }
        case SETFIELD:
          {
            LuaValue o = r[a];
            LuaString key = (LuaString) k[i >>> 16 & 0xFF];
            if (o instanceof LuaTable t && t.takesNewKeys()) {
              t.putStr(key, r[i >>> 24]);
            } else {
              SlowPaths.setIndex(ci, pc, o, key, r[i >>> 24], a);
            }
            continue;
          }
        case SETINT:
          {
            LuaValue o = r[a];
            int key = i >>> 16 & 0xFF;
            if (o instanceof LuaTable t && t.takesNewKeys()) {
              t.putInt(key, r[i >>> 24]);
            } else {
              SlowPaths.setIndex(ci, pc, o, LuaInteger.valueOf(key), r[i >>> 24], a);
            }
            continue;
          }
        case SELF:
          {
            int b = i >>> 16 & 0xFF;
            LuaValue o = r[b];
            LuaString key = (LuaString) k[i >>> 24];
            LuaValue v = o instanceof LuaTable t ? t.getStr(key) : null;
            if (v == null) {
              v = SlowPaths.method(ci, pc, o, key, b);
            }
            r[a + 1] = o;
            r[a] = v;
            continue;
          }
        case NEWTABLE:
          r[a] = SlowPaths.newTable(i);
          continue;
        case SETLIST:
          SlowPaths.setList(ci, i, code[pc++]);
          continue;
        case ADD:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = r[i >>> 24];
            if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
              r[a] = LuaInteger.valueOf((long) m.v + n.v);
            } else if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
              r[a] = new LuaDouble(m.v + n.v);
            } else {
              r[a] = SlowPaths.arith(ci, pc, Operators.ADD, x, y);
            }
            continue;
          }
        case SUB:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = r[i >>> 24];
            if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
              r[a] = LuaInteger.valueOf((long) m.v - n.v);
            } else if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
              r[a] = new LuaDouble(m.v - n.v);
            } else {
              r[a] = SlowPaths.arith(ci, pc, Operators.SUB, x, y);
            }
            continue;
          }
        case MUL:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = r[i >>> 24];
            if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
              r[a] = new LuaDouble(m.v * n.v);
            } else {
              r[a] = SlowPaths.multiply(ci, pc, x, y);
            }
            continue;
          }
        case DIV:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = r[i >>> 24];
            if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
              r[a] = new LuaDouble(m.v / n.v);
            } else {
              r[a] = SlowPaths.arith(ci, pc, Operators.DIV, x, y);
            }
            continue;
          }
        case MOD:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = r[i >>> 24];
            if (x instanceof LuaInteger m && y instanceof LuaInteger n && n.v > 0) {
              r[a] = LuaInteger.valueOf(Math.floorMod(m.v, n.v));
            } else {
              r[a] = SlowPaths.arith(ci, pc, Operators.MOD, x, y);
            }
            continue;
          }
        case POW:
          r[a] = SlowPaths.arith(ci, pc, Operators.POW, r[i >>> 16 & 0xFF], r[i >>> 24]);
          continue;
        case ADDK:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = k[i >>> 24];
            if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
              r[a] = LuaInteger.valueOf((long) m.v + n.v);
            } else if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
              r[a] = new LuaDouble(m.v + n.v);
            } else {
              r[a] = SlowPaths.arith(ci, pc, Operators.ADD, x, y);
            }
            continue;
          }
        case SUBK:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = k[i >>> 24];
            if (x instanceof LuaInteger m && y instanceof LuaInteger n) {
              r[a] = LuaInteger.valueOf((long) m.v - n.v);
            } else if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
              r[a] = new LuaDouble(m.v - n.v);
            } else {
              r[a] = SlowPaths.arith(ci, pc, Operators.SUB, x, y);
            }
            continue;
          }
        case MULK:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = k[i >>> 24];
            if (x instanceof LuaDouble m && y instanceof LuaDouble n) {
              r[a] = new LuaDouble(m.v * n.v);
            } else {
              r[a] = SlowPaths.multiply(ci, pc, x, y);
            }
            continue;
          }
        case DIVK:
          r[a] = SlowPaths.arith(ci, pc, Operators.DIV, r[i >>> 16 & 0xFF], k[i >>> 24]);
          continue;
        case MODK:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            LuaValue y = k[i >>> 24];
            if (x instanceof LuaInteger m && y instanceof LuaInteger n && n.v > 0) {
              r[a] = LuaInteger.valueOf(Math.floorMod(m.v, n.v));
            } else {
              r[a] = SlowPaths.arith(ci, pc, Operators.MOD, x, y);
            }
            continue;
          }
        case POWK:
          r[a] = SlowPaths.arith(ci, pc, Operators.POW, r[i >>> 16 & 0xFF], k[i >>> 24]);
          continue;
        case UNM:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            r[a] =
                x instanceof LuaDouble n
                    ? new LuaDouble(-n.v)
                    : SlowPaths.negate(ci, pc, x, i >>> 16 & 0xFF);
            continue;
          }
        case NOT:
          r[a] = r[i >>> 16 & 0xFF].toboolean() ? LuaValue.FALSE : LuaValue.TRUE;
          continue;
        case LEN:
          {
            LuaValue x = r[i >>> 16 & 0xFF];
            r[a] =
                x instanceof LuaTable t && t.metatable == null
                    ? LuaInteger.valueOf(t.rawlen())
                    : SlowPaths.length(ci, pc, x, i >>> 16 & 0xFF);
            continue;
          }
        case CONCAT:
          r[a] = SlowPaths.concat(ci, pc, i >>> 16 & 0xFF, i >>> 24);
          continue;
        case JMP:
          {
            int jump = i >> 8;
            pc += jump;
            if (jump < 0 && --ci.thread.budget.ticks < 0) {
              code = SlowPaths.look(ci, pc);
            }
            continue;
          }
        case TEST:
          {
            LuaValue x = r[a];
            boolean truth = x != LuaValue.FALSE && x != LuaValue.NIL;
            if (truth == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case EQ:
          {
            LuaValue x = r[a];
            LuaValue y = r[i >>> 16 & 0xFF];
            if ((x == y && !(x instanceof LuaDouble) || SlowPaths.equal(ci, pc, x, y))
                == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case EQK:
          {
            LuaValue x = r[a];
            LuaValue y = k[i >>> 16 & 0xFF];
            if ((x == y && !(x instanceof LuaDouble) || x.raweq(y)) == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case LT:
          {
            LuaValue x = r[a];
            LuaValue y = r[i >>> 16 & 0xFF];
            boolean less =
                x instanceof LuaInteger m && y instanceof LuaInteger n
                    ? m.v < n.v
                    : SlowPaths.less(ci, pc, x, y);
            if (less == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case LE:
          {
            LuaValue x = r[a];
            LuaValue y = r[i >>> 16 & 0xFF];
            boolean less =
                x instanceof LuaInteger m && y instanceof LuaInteger n
                    ? m.v <= n.v
                    : SlowPaths.lessOrEqual(ci, pc, x, y);
            if (less == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case LTK:
          {
            LuaValue x = r[a];
            LuaValue y = k[i >>> 16 & 0xFF];
            boolean less =
                x instanceof LuaInteger m && y instanceof LuaInteger n
                    ? m.v < n.v
                    : SlowPaths.less(ci, pc, x, y);
            if (less == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case LEK:
          {
            LuaValue x = r[a];
            LuaValue y = k[i >>> 16 & 0xFF];
            boolean less =
                x instanceof LuaInteger m && y instanceof LuaInteger n
                    ? m.v <= n.v
                    : SlowPaths.lessOrEqual(ci, pc, x, y);
            if (less == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case GTK:
          {
            LuaValue x = r[a];
            LuaValue y = k[i >>> 16 & 0xFF];
            boolean less =
                x instanceof LuaInteger m && y instanceof LuaInteger n
                    ? m.v > n.v
                    : SlowPaths.less(ci, pc, y, x);
            if (less == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case GEK:
          {
            LuaValue x = r[a];
            LuaValue y = k[i >>> 16 & 0xFF];
            boolean less =
                x instanceof LuaInteger m && y instanceof LuaInteger n
                    ? m.v >= n.v
                    : SlowPaths.lessOrEqual(ci, pc, y, x);
            if (less == (i >>> 24 != 0)) {
              break;
            }
            pc++;
            continue;
          }
        case FORPREP:
          if (!SlowPaths.prepareFor(ci, pc, a)) {
            pc += i >> 16;
          }
          continue;
        case FORLOOP:
          {
            if (r[a] instanceof LuaInteger x
                && r[a + 1] instanceof LuaInteger limit
                && r[a + 2] instanceof LuaInteger step) {
              long next = (long) x.v + step.v;
              if (step.v >= 0 ? next > limit.v : next < limit.v) {
                continue;
              }
              LuaInteger v = LuaInteger.valueOf((int) next);
              r[a] = v;
              r[a + 3] = v;
            } else if (!SlowPaths.advanceFor(r, a)) {
              continue;
            }
            pc += i >> 16;
            if (--ci.thread.budget.ticks < 0) {
              code = SlowPaths.look(ci, pc);
            }
            continue;
          }
        case TFORCALL:
          if (r[a] instanceof DirectIterator d && r[a + 1] instanceof LuaTable t) {
            ci.pc = pc;
            ci.thread.publish(ci);
            d.advance(t, r[a + 2], r, a + 3);
            if (i >>> 24 > 2) {
              Calls.fill(r, a + 5, a + 2 + (i >>> 24));
            }
          } else {
            Calls.iterate(ci, pc, a, i >>> 24);
          }
          continue;
        case TFORLOOP:
          {
            LuaValue key = r[a + 3];
            if (key != LuaValue.NIL) {
              r[a + 2] = key;
              pc += i >> 16;
              if (--ci.thread.budget.ticks < 0) {
                code = SlowPaths.look(ci, pc);
              }
            }
            continue;
          }
        case CALL:
          {
            ci.pc = pc;
            if (r[a] instanceof LuaClosure callee) {
              ci = Calls.frame(ci, ci, callee, i, i & ~0xFF);
              r = ci.registers;
              code = ci.code;
              k = callee.p.k;
              pc = 0;
              continue;
            }
            code = Calls.call(ci, i);
            continue;
          }
        case TAILCALL:
          {
            ci.pc = pc;
            int given = (i >>> 16 & 0xFF) - 1;
            if (r[a] instanceof LuaClosure callee) {
              ci = Calls.frame(ci, ci.previous, callee, i, ci.call | CallFrame.TAIL);
              r = ci.registers;
              code = ci.code;
              k = callee.p.k;
              pc = 0;
              continue;
            }
            Varargs results = Calls.tailCall(ci, a, given);
            if (ci.isEntry()) {
              return results;
            }
            Calls.place(ci, results);
            ci = ci.previous;
            r = ci.registers;
            code = ci.code;
            k = ci.closure.p.k;
            pc = ci.pc;
            continue;
          }
        case RETURN:
          {
            Varargs results = Calls.results(ci, a, (i >>> 16 & 0xFF) - 1);
            if (ci.isEntry()) {
              return results;
            }
            Calls.place(ci, results);
            ci = ci.previous;
            r = ci.registers;
            code = ci.code;
            k = ci.closure.p.k;
            pc = ci.pc;
            continue;
          }
        case RETURN0:
          {
            if (ci.isEntry()) {
              return LuaValue.NONE;
            }
            if (ci.wanted() != 0) {
              Calls.place(ci, LuaValue.NONE);
            }
            ci = ci.previous;
            r = ci.registers;
            code = ci.code;
            k = ci.closure.p.k;
            pc = ci.pc;
            continue;
          }
        case RETURN1:
          {
            LuaValue v = r[a];
            if (ci.isEntry()) {
              return v;
            }
            if (ci.wanted() == 1) {
              int target = ci.target();
              ci = ci.previous;
              r = ci.registers;
              r[target] = v;
            } else {
              Calls.place(ci, v);
              ci = ci.previous;
              r = ci.registers;
            }
            code = ci.code;
            k = ci.closure.p.k;
            pc = ci.pc;
            continue;
          }
        case VARARG:
          Calls.extra(ci, a, (i >>> 24) - 1);
          continue;
        case CLOSURE:
          r[a] = Calls.closure(ci, i >>> 16);
          continue;
        case ENVIRONMENT:
          r[a] = ci.closure.environment;
          continue;
        case COMPILED:
          ci = ci.closure.p.jit.run(ci, r, pc - 1, JitCode.MOST_NESTED);
          r = ci.registers;
          code = ci.code;
          k = ci.closure.p.k;
          pc = ci.pc;
          continue;
        case TRAP:
          code = SlowPaths.trap(ci, pc--);
          continue;
        default:
          throw new IllegalStateException("no such instruction: " + (i & 0xFF));
      }
      // a comparison came out as asked: the jump that follows it is taken
      int jump = code[pc] >> 8;
      pc += jump + 1;
      if (jump < 0 && --ci.thread.budget.ticks < 0) {
        code = SlowPaths.look(ci, pc);
      }
    }
  }
}
