package org.luaj.vm2;

import org.luaj.vm2.compiler.Opcode;

/**
 * Calls and returns, and what they leave in registers: the part of the interpreter that makes
 * frames, calls Java functions and moves arguments and results.
 *
 * <p>Every method that may run other code or fail first makes the frame the thread's top.
 */
final class Calls {
  private Calls() {}

  /** Calls the iterator of a for loop, with its results to the loop's variables. */
  static void iterate(CallFrame ci, int pc, int a, int wanted) {
    ci.pc = pc;
    ci.thread.publish(ci);
    LuaValue[] r = ci.registers;
    LuaValue f = r[a];
    if (!(f instanceof LuaFunction) && f.metatag(LuaValue.CALL).isnil()) {
      throw SlowPaths.typeError(ci, "call", f, -1);
    }
    if (f instanceof LuaFunction function && !(f instanceof LuaClosure)) {
      ci.callee = function;
    }
    if (wanted == 1) {
      r[a + 3] = f.call(r[a + 1], r[a + 2]);
    } else {
      f.invoke(LuaValue.varargsOf(r[a + 1], r[a + 2])).copyTo(r, a + 3, wanted);
    }
    ci.callee = null;
  }

  /**
   * Makes the frame of a Lua function that an instruction calls, with its arguments.
   *
   * <p>In one piece on purpose: a method of more than 325 bytes of bytecode is not inlined, and the
   * JVM's analysis of the interpreter's loop takes seconds where frames are allocated inside it.
   */
  static CallFrame frame(CallFrame ci, CallFrame previous, LuaClosure callee, int i, int call) {
    CallFrame next = new CallFrame(ci.thread, previous, callee, call);
    Prototype p = callee.p;
    int given = Opcode.b(i) - 1;
    int first = Opcode.a(i) + 1;
    if (given == p.numparams && !p.is_vararg) {
      LuaValue[] r = ci.registers;
      LuaValue[] s = next.registers;
      switch (given) {
        case 0 -> {}
        case 1 -> s[0] = r[first];
        case 2 -> {
          s[0] = r[first];
          s[1] = r[first + 1];
        }
        case 3 -> {
          s[0] = r[first];
          s[1] = r[first + 1];
          s[2] = r[first + 2];
        }
        case 4 -> {
          s[0] = r[first];
          s[1] = r[first + 1];
          s[2] = r[first + 2];
          s[3] = r[first + 3];
        }
        case 5 -> {
          s[0] = r[first];
          s[1] = r[first + 1];
          s[2] = r[first + 2];
          s[3] = r[first + 3];
          s[4] = r[first + 4];
        }
        case 6 -> {
          s[0] = r[first];
          s[1] = r[first + 1];
          s[2] = r[first + 2];
          s[3] = r[first + 3];
          s[4] = r[first + 4];
          s[5] = r[first + 5];
        }
        default -> System.arraycopy(r, first, s, 0, given);
      }
    } else {
      pass(next, ci, first - 1, given);
    }
    if (next.depth > ci.thread.depthLimit || --ci.thread.budget.ticks < 0) {
      SlowPaths.look(ci, ci.pc);
      ci.thread.checkDepth(next.depth);
      ci.thread.globals.hook.entered(next);
    }
    return next;
  }

  /** Gives a new frame its arguments: so many registers after the function's, or the open ones. */
  static void pass(CallFrame next, CallFrame ci, int a, int given) {
    LuaValue[] r = ci.registers;
    Prototype p = next.closure.p;
    LuaValue[] s = next.registers;
    int params = p.numparams;
    if (given < 0) {
      Varargs args = LuaValue.varargsOf(r, a + 1, ci.openAt - a - 1, ci.takeOpen());
      args.copyTo(s, 0, params);
      if (p.is_vararg) {
        next.varargs = ownVarargs(args, params);
      }
      return;
    }
    int copied = Math.min(given, params);
    System.arraycopy(r, a + 1, s, 0, copied);
    for (int j = copied; j < params; j++) {
      s[j] = LuaValue.NIL;
    }
    if (p.is_vararg && given > params) {
      next.varargs = list(r, a + 1 + params, given - params);
    }
  }

  /** Sets a range of registers to nil. */
  static void fill(LuaValue[] r, int from, int to) {
    for (int j = from; j <= to; j++) {
      r[j] = LuaValue.NIL;
    }
  }

  /** Loads extra arguments into registers; all of them, where wanted is -1, as open results. */
  static void extra(CallFrame ci, int a, int wanted) {
    Varargs extra = ci.varargs == null ? LuaValue.NONE : ci.varargs;
    if (wanted < 0) {
      ci.open = extra;
      ci.openAt = a;
    } else {
      extra.copyTo(ci.registers, a, wanted);
    }
  }

  /** Copies what lies in registers, for these go on being written. */
  private static Varargs ownVarargs(Varargs args, int params) {
    int n = args.narg() - params;
    if (n <= 0) {
      return LuaValue.NONE;
    }
    LuaValue[] values = new LuaValue[n];
    for (int j = 0; j < n; j++) {
      values[j] = args.arg(params + 1 + j);
    }
    return LuaValue.varargsOf(values);
  }

  /** Returns a list of a copy of registers. */
  static Varargs list(LuaValue[] r, int from, int count) {
    return switch (count) {
      case 0 -> LuaValue.NONE;
      case 1 -> r[from];
      case 2 -> new PairVarargs(r[from], r[from + 1]);
      default -> {
        LuaValue[] values = new LuaValue[count];
        System.arraycopy(r, from, values, 0, count);
        yield LuaValue.varargsOf(values);
      }
    };
  }

  /** Returns results or arguments: so many registers, or those up to the open ones and these. */
  static Varargs results(CallFrame ci, int from, int count) {
    LuaValue[] r = ci.registers;
    if (count >= 0) {
      return list(r, from, count);
    }
    int fixed = ci.openAt - from;
    Varargs open = ci.takeOpen();
    if (fixed == 0) {
      return open;
    }
    LuaValue[] values = new LuaValue[fixed];
    System.arraycopy(r, from, values, 0, fixed);
    return LuaValue.varargsOf(values, open);
  }

  /**
   * Calls what is no Lua function, with its results to where the instruction says, and answers the
   * code to go on with: the function may have set a hook.
   */
  static int[] call(CallFrame ci, int i) {
    ci.thread.publish(ci);
    LuaValue[] r = ci.registers;
    int a = Opcode.a(i);
    int given = Opcode.b(i) - 1;
    int wanted = Opcode.c(i) - 1;
    LuaValue f = r[a];
    if (!(f instanceof LuaFunction function)) {
      finish(ci, a, wanted, callObject(ci, a, given));
      return ci.code;
    }
    ci.callee = function;
    if (given >= 0 && given <= 3 && (wanted == 1 || wanted == 0)) {
      LuaValue v =
          switch (given) {
            case 0 -> function.call();
            case 1 -> function.call(r[a + 1]);
            case 2 -> function.call(r[a + 1], r[a + 2]);
            default -> function.call(r[a + 1], r[a + 2], r[a + 3]);
          };
      ci.callee = null;
      if (wanted == 1) {
        r[a] = v == LuaValue.NONE ? LuaValue.NIL : v;
      }
      return ci.code;
    }
    Varargs results = function.invoke(results(ci, a + 1, given));
    ci.callee = null;
    finish(ci, a, wanted, results);
    return ci.code;
  }

  private static void finish(CallFrame ci, int a, int wanted, Varargs results) {
    if (wanted < 0) {
      ci.open = results;
      ci.openAt = a;
    } else {
      results.copyTo(ci.registers, a, wanted);
    }
  }

  private static Varargs callObject(CallFrame ci, int a, int given) {
    LuaValue f = ci.registers[a];
    LuaValue handler = f.metatag(LuaValue.CALL);
    if (!(handler instanceof LuaFunction)) {
      throw SlowPaths.typeError(ci, "call", f, a);
    }
    Varargs args = results(ci, a + 1, given);
    if (handler instanceof LuaClosure) {
      return handler.invoke(LuaValue.varargsOf(f, args));
    }
    ci.callee = (LuaFunction) handler;
    Varargs results = handler.invoke(LuaValue.varargsOf(f, args));
    ci.callee = null;
    return results;
  }

  static Varargs tailCall(CallFrame ci, int a, int given) {
    ci.thread.publish(ci);
    LuaValue f = ci.registers[a];
    if (!(f instanceof LuaFunction function)) {
      return callObject(ci, a, given);
    }
    ci.callee = function;
    ci.replaced = true;
    return function.invoke(results(ci, a + 1, given));
  }

  /** Puts a returning frame's results where its caller wants them. */
  static void place(CallFrame ci, Varargs results) {
    finish(ci.previous, ci.target(), ci.wanted(), results);
  }

  static LuaClosure closure(CallFrame ci, int index) {
    LuaClosure parent = ci.closure;
    Prototype p = parent.p.p[index];
    LuaValue[] r = ci.registers;
    LuaClosure closure = new LuaClosure(p, parent.globals, parent.environment);
    Upvaldesc[] descriptions = p.upvalues;
    for (int j = 0; j < descriptions.length; j++) {
      Upvaldesc u = descriptions[j];
      closure.upValues[j] = u.instack() ? (UpValue) r[u.idx()] : parent.upValues[u.idx()];
    }
    return closure;
  }

  /**
   * Calls a Java function that is a metamethod. The level of the stack that it gets is what puts
   * the position of the Lua code into its errors, and its name.
   *
   * @param c the third argument, null for none
   */
  static LuaValue metamethod(LuaFunction f, LuaValue a, LuaValue b, LuaValue c) {
    LuaThread thread = Globals.runningThread();
    if (thread == null) {
      return c == null ? f.call(a, b) : f.call(a, b, c);
    }
    CallFrame below = thread.top;
    CallFrame frame = below;
    if (below.closure != null && below.callee == null) {
      below.callee = f;
    } else {
      frame = new CallFrame(thread, below, f);
      thread.top = frame;
      thread.checkDepth(frame.depth);
    }
    if (thread.budget.ticks < 0) {
      thread.globals.hook.called(thread);
    }
    LuaValue result = c == null ? f.call(a, b) : f.call(a, b, c);
    if (frame == below) {
      below.callee = null;
    }
    thread.top = below;
    return result;
  }
}
