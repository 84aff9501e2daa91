package org.luaj.vm2;

import org.luaj.vm2.compiler.Opcode;

/**
 * One level of a running or suspended thread's stack, for error positions, debug and getfenv.
 *
 * <p>Valid until the function returns; the thread that runs the VM only. Level 0 is the running
 * function, which is the Java function that asks; level 1 its caller, and so on.
 *
 * <p>Source: Lua 5.1 manual 3.8, lua_getstack and lua_getinfo.
 */
public final class CallLevel {
  private final LuaThread thread;
  private final CallFrame frame;
  private final boolean callee;

  CallLevel(LuaThread thread, CallFrame frame, boolean callee) {
    this.thread = thread;
    this.frame = frame;
    this.callee = callee;
  }

  /** Returns the level of a thread's stack, null where it is not that deep. */
  static CallLevel of(LuaThread thread, int level) {
    int left = level;
    for (CallLevel l = top(thread); l != null; l = l.below()) {
      if (left-- == 0) {
        return l;
      }
    }
    return null;
  }

  /** Returns level 0 of a thread's stack, null where nothing runs. */
  static CallLevel top(LuaThread thread) {
    CallFrame f = thread.top;
    return f.previous == null ? null : new CallLevel(thread, f, f.callee != null);
  }

  /** Returns the next level, null where this is the last. */
  CallLevel below() {
    if (callee && !frame.replaced) {
      return new CallLevel(thread, frame, false);
    }
    CallFrame f = frame.previous;
    return f.previous == null ? null : new CallLevel(thread, f, f.callee != null);
  }

  public LuaFunction function() {
    return callee ? frame.callee : frame.closure;
  }

  /** Tells whether this is a Lua function, which has lines and locals. */
  public boolean isLua() {
    return !callee && frame.closure != null;
  }

  /** Tells whether the function was called by a tail call. */
  public boolean isTailCall() {
    return callee ? frame.replaced && frame.closure != null : frame.isTail();
  }

  /** Returns the line being executed, -1 for a Java function. */
  public int currentLine() {
    if (!isLua()) {
      return -1;
    }
    Prototype p = frame.closure.p;
    return frame.pc == 0 ? p.linedefined : p.line(frame.pc - 1);
  }

  /** Returns {@code file:line: }, or nothing for a Java function. */
  public String where() {
    return isLua() ? frame.closure.p.shortsource() + ":" + currentLine() + ": " : "";
  }

  /**
   * Returns what the calling instruction says about the function; never null. A tail call hides the
   * instruction that made it, so that the name is that of the function it replaced, as in the
   * target.
   */
  public VariableName name() {
    if (callee && !frame.replaced) {
      return VariableName.ofCall(frame);
    }
    CallFrame caller = frame.previous;
    if (caller.closure == null || caller.callee != null) {
      return VariableName.NONE;
    }
    return VariableName.ofCall(caller);
  }

  /**
   * Returns the name of a local variable.
   *
   * @param number from 1 in order of declaration; a negative number means an extra argument
   * @return the name, {@code (*temporary)} for an unnamed register in use, {@code (*vararg)} for an
   *     extra argument, null where there is none
   */
  public String localName(int number) {
    if (!isLua()) {
      return null;
    }
    if (number < 0) {
      return -number <= extra().narg() ? "(*vararg)" : null;
    }
    LocVars local = frame.closure.p.local(number, position());
    if (local != null) {
      return local.varname();
    }
    return number > 0 && temporary(number) != null ? "(*temporary)" : null;
  }

  /** Returns the value of a local variable that {@link #localName} names. */
  public LuaValue local(int number) {
    if (number < 0) {
      return extra().arg(-number);
    }
    LocVars local = frame.closure.p.local(number, position());
    LuaValue v = local == null ? temporary(number) : frame.registers[local.register()];
    v = v instanceof UpValue cell ? cell.value : v;
    return v == null ? LuaValue.NIL : v;
  }

  /** Sets a local variable that {@link #localName} names. */
  public void setLocal(int number, LuaValue value) {
    if (number < 0) {
      LuaValue[] values = new LuaValue[extra().narg()];
      extra().copyTo(values, 0, values.length);
      values[-number - 1] = value;
      frame.varargs = LuaValue.varargsOf(values);
      return;
    }
    LocVars local = frame.closure.p.local(number, position());
    if (local != null) {
      if (frame.registers[local.register()] instanceof UpValue cell) {
        cell.value = value;
      } else {
        frame.registers[local.register()] = value;
      }
    } else if (temporary(number) != null) {
      frame.registers[number - 1] = value;
    }
  }

  /** Returns the thread whose stack this is. */
  public LuaThread thread() {
    return thread;
  }

  /** Returns what an unnamed register below the one of a running call holds, null for none. */
  private Varargs extra() {
    return frame.varargs == null ? LuaValue.NONE : frame.varargs;
  }

  /** Returns the current instruction; in a function just called, the first with all parameters. */
  private int position() {
    if (frame.pc > 0) {
      return frame.pc - 1;
    }
    int[] code = frame.closure.p.code;
    int at = 0;
    while (Opcode.op(code[at]) == Opcode.NEWCELL) {
      at++;
    }
    return at;
  }

  private LuaValue temporary(int number) {
    int locals = 0;
    for (LocVars v : frame.closure.p.locvars) {
      if (v.startpc() <= position() && position() < v.endpc()) {
        locals++;
      }
    }
    int i = frame.closure.p.code[position()];
    int op = Opcode.op(i);
    boolean call = op == Opcode.CALL || op == Opcode.TAILCALL || op == Opcode.TFORCALL;
    int end = call ? Opcode.a(i) : frame.registers.length;
    int register = number - 1;
    return register >= locals && register < end ? frame.registers[register] : null;
  }
}
