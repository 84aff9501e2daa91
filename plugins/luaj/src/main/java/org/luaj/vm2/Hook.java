package org.luaj.vm2;

import java.util.IdentityHashMap;
import java.util.Map;
import org.luaj.vm2.compiler.Opcode;

/**
 * The debug hook of a VM: a function that is told of calls, returns, lines and counts of
 * instructions. As in LuaJIT there is one for all coroutines.
 *
 * <p>While a hook is set, frames run a copy of their code whose instructions are all {@link
 * Opcode#TRAP}. A trap calls the hook, puts the real instruction in its place, and is put back by
 * the next one. So the interpreter's loop asks nothing where no hook is set: frames learn at the
 * look at the budget, which a hook makes due at every call and backward jump. A hook that only
 * counts, and more than a few, does without traps and is called at such looks: about that often,
 * with the script at full speed.
 *
 * <p>Threads: the thread that runs the VM. What the hook calls causes no events.
 *
 * <p>Source: Lua 5.1 manual 5.9, debug.sethook; LuaJIT for what causes an event: returns of Lua
 * functions only, none for tail calls.
 */
public final class Hook {
  /** Event: a function is called. */
  public static final int CALL = 1;

  /** Event: a Lua function returns. */
  public static final int RETURN = 2;

  /** Event: another line, or an earlier instruction of the same, is reached. */
  public static final int LINE = 4;

  private static final LuaString CALLED = LuaString.valueOf("call");
  private static final LuaString RETURNED = LuaString.valueOf("return");
  private static final LuaString NEXT_LINE = LuaString.valueOf("line");
  private static final LuaString COUNTED = LuaString.valueOf("count");

  /** From what count on calls and backward jumps are counted, each for so many instructions. */
  private static final int COARSE = 1000;

  private static final int PER_STEP = 5;

  private final Globals globals;
  private final Map<Prototype, int[]> traps = new IdentityHashMap<>();
  private LuaFunction function;
  private int events;
  private int count;
  private int left;

  /** Whether frames run code of traps. */
  private boolean trapping;

  /** Whether the hook or a finalizer runs, whose doings cause no events. */
  private boolean silent;

  /** Grows with each change that frames have to follow. */
  private int epoch;

  /** Where the one real instruction among traps is, and the trap that belongs there. */
  private int[] armed;

  private int armedAt;
  private int armedTrap;

  Hook(Globals globals) {
    this.globals = globals;
  }

  /**
   * Sets the hook; events of the function that is being run begin with its next instruction.
   *
   * @param function what is called with the event's name and, for lines, the line; null for no hook
   * @param events the sum of the events wanted
   * @param count after how many instructions there is a count event; 0 for none
   */
  public void set(LuaFunction function, int events, int count) {
    boolean wanted = function != null && (events != 0 || count > 0);
    this.function = wanted ? function : null;
    this.events = wanted ? events : 0;
    this.count = wanted ? count : 0;
    this.left = count;
    disarm();
    epoch++;
    trapping = wanted && (events != 0 || count < COARSE);
    if (trapping) {
      globals.budget.observe(0, null);
    } else if (wanted) {
      int steps = Math.min(Budget.SLICE, count / PER_STEP);
      globals.budget.observe(steps, () -> passed(steps));
    } else {
      globals.budget.observe(Budget.SLICE, null);
    }
    if (!trapping) {
      traps.clear();
    }
    follow(globals.running);
    remember(globals.running);
  }

  /**
   * Lets the rest of the line that sets the hook be no new line where the hook is a function
   * written there: the target remembers the making of functions, and no calls.
   */
  private void remember(LuaThread thread) {
    CallFrame top = thread.top;
    if (!silent && top.closure != null) {
      int[] code = top.closure.p.code;
      int at = top.pc - 1;
      while (at >= 0 && Opcode.op(code[at]) != Opcode.CLOSURE) {
        at--;
      }
      thread.hookPrototype = at < 0 ? null : top.closure.p;
      thread.hookAt = at;
    }
  }

  /** Returns the hook, null for none. */
  public LuaFunction function() {
    return function;
  }

  /** Returns the sum of the events wanted. */
  public int events() {
    return events;
  }

  /** Returns the number of instructions between count events, 0 for none. */
  public int count() {
    return count;
  }

  /** Gives the frames of a thread the code that goes with the hook as it is now. */
  void follow(LuaThread thread) {
    if (thread.hookEpoch != epoch) {
      thread.hookEpoch = epoch;
      for (CallFrame f = thread.top; f.previous != null; f = f.previous) {
        if (f.closure != null) {
          f.code = code(f.closure.p);
        }
      }
    }
  }

  private void passed(int steps) {
    left -= steps * PER_STEP;
    if (left <= 0) {
      left = count;
      tell(globals.running, COUNTED);
    }
  }

  private int[] code(Prototype p) {
    return !trapping ? p.entry : traps.computeIfAbsent(p, Hook::trapped);
  }

  /** Returns code of traps; what is not an operation stays, such as the distance of a jump. */
  private static int[] trapped(Prototype p) {
    int[] code = p.code.clone();
    for (int pc = 0; pc < code.length; pc++) {
      int op = Opcode.op(code[pc]);
      code[pc] = code[pc] & ~0xFF | Opcode.TRAP;
      if (op == Opcode.SETLIST || op == Opcode.LOADKX) {
        pc++; // the next word is no instruction
      }
    }
    return code;
  }

  /** Puts the trap back that was taken away for the instruction under way. */
  void disarm() {
    if (armed != null) {
      armed[armedAt] = armedTrap;
      armed = null;
    }
  }

  /**
   * Tells of the instruction before the frame's position.
   *
   * @return the code to go on with, which has the instruction in its place
   */
  int[] trap(CallFrame ci) {
    disarm();
    follow(ci.thread);
    int at = ci.pc - 1;
    if (trapping && !silent) {
      before(ci, at);
    }
    int[] code = ci.code;
    if (code != ci.closure.p.entry) {
      int op = Opcode.op(ci.closure.p.code[at]);
      if (leaves(op)) {
        return ci.closure.p.code;
      }
      armed = code;
      armedAt = at;
      armedTrap = code[at];
      code[at] = ci.closure.p.code[at];
    }
    return code;
  }

  private void before(CallFrame ci, int at) {
    LuaThread thread = ci.thread;
    int i = ci.closure.p.code[at];
    int op = Opcode.op(i);
    if (count > 0 && --left <= 0) {
      left = count;
      tell(thread, COUNTED);
    }
    if (op != Opcode.NEWCELL) {
      line(thread, ci.closure.p, at);
    }
    if ((events & RETURN) != 0 && isReturn(op)) {
      tell(thread, RETURNED);
    }
    if ((events & CALL) != 0) {
      calling(ci, i, op);
    }
  }

  private void line(LuaThread thread, Prototype p, int at) {
    Prototype before = thread.hookPrototype;
    int beforeAt = thread.hookAt;
    thread.hookPrototype = p;
    thread.hookAt = at;
    if ((events & LINE) != 0) {
      int line = p.line(at);
      if (before != p || at <= beforeAt || line != p.line(beforeAt)) {
        tell(thread, NEXT_LINE, LuaInteger.valueOf(line));
      }
    }
  }

  /** Tells whether the loop takes a frame's code anew after an instruction. */
  private static boolean leaves(int op) {
    return op == Opcode.CALL || op == Opcode.TAILCALL || isReturn(op);
  }

  /** The target has an instruction for pairs, so that there is no call of next. */
  private static boolean isNext(LuaValue f) {
    return f instanceof DirectIterator && f instanceof LuaFunction g && g.name().equals("next");
  }

  private static boolean isReturn(int op) {
    return op == Opcode.RETURN || op == Opcode.RETURN0 || op == Opcode.RETURN1;
  }

  /** Tells of the call of a Java function, which has no frame. */
  private void calling(CallFrame ci, int i, int op) {
    boolean tail = op == Opcode.TAILCALL;
    if (tail || op == Opcode.CALL || op == Opcode.TFORCALL) {
      LuaValue f = ci.registers[Opcode.a(i)];
      LuaValue callee = f instanceof LuaFunction ? f : f.metatag(LuaValue.CALL);
      boolean silent = op == Opcode.TFORCALL && isNext(f);
      if (callee instanceof LuaFunction function && !(callee instanceof LuaClosure) && !silent) {
        ci.callee = function;
        ci.replaced = tail;
        tell(ci.thread, CALLED);
        ci.callee = null;
        ci.replaced = false;
        ci.thread.hookPrototype = null;
      }
    }
  }

  /** Tells of the call of a Java function that has a frame, the thread's top. */
  void called(LuaThread thread) {
    if ((events & CALL) != 0) {
      tell(thread, CALLED);
    }
  }

  /** Tells of the call of a Lua function, whose frame has its arguments. */
  void entered(CallFrame frame) {
    disarm();
    if (trapping && !silent) {
      frame.code = code(frame.closure.p);
      if ((events & CALL) != 0) {
        frame.thread.top = frame;
        tell(frame.thread, CALLED);
      }
    }
  }

  /** Runs a frame that Java code made, with a memory of its own for the last line. */
  Varargs enter(LuaThread thread, CallFrame frame) {
    CallFrame below = thread.top;
    Prototype before = thread.hookPrototype;
    int beforeAt = thread.hookAt;
    entered(frame);
    thread.top = below;
    if (below.callee == null) {
      return Interpreter.run(thread, frame);
    }
    thread.hookPrototype = null;
    Varargs results = Interpreter.run(thread, frame);
    thread.hookPrototype = before;
    thread.hookAt = beforeAt;
    return results;
  }

  /** Switches events off or on; answers whether they were off. */
  boolean silence(boolean silent) {
    boolean before = this.silent;
    this.silent = silent;
    return before;
  }

  private void tell(LuaThread thread, LuaString event) {
    tell(thread, event, LuaValue.NIL);
  }

  private void tell(LuaThread thread, LuaString event, LuaValue line) {
    LuaFunction f = function;
    if (silent || f == null) {
      return;
    }
    CallFrame top = thread.top;
    silent = true;
    boolean held = top.held;
    top.held = true;
    thread.beginUnyieldable();
    try {
      thread.callFunction(f, LuaValue.varargsOf(event, line));
    } finally {
      silent = false;
      top.held = held;
      thread.endUnyieldable();
    }
    thread.top = top;
  }
}
