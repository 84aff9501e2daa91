package org.luaj.vm2;

import java.util.Arrays;
import org.luaj.vm2.compiler.Opcode;

/**
 * A coroutine, or the main thread of a VM: a stack of calls, and a status.
 *
 * <p>Threads: a coroutine runs on the Java thread that resumes it. The body lives in a {@link
 * Fiber}; what is suspended and forgotten is collected like any object.
 *
 * <p>A host that suspends Java code below {@link #resume} by other means (a continuation of its
 * own) puts {@link Globals#running} and the current VM back when it goes on.
 *
 * <p>Source: Lua 5.1 manual 2.11 and 5.2; LuaJIT's messages.
 */
public class LuaThread extends LuaValue {
  public static final int STATUS_INITIAL = 0;
  public static final int STATUS_SUSPENDED = 1;
  public static final int STATUS_RUNNING = 2;
  public static final int STATUS_NORMAL = 3;
  public static final int STATUS_DEAD = 4;
  private static final String[] STATUS_NAMES = {
    "suspended", "suspended", "running", "normal", "dead"
  };

  /** How many coroutines may run inside one another. */
  public static final int MAX_NESTED = 190;

  /** How many Lua frames a coroutine may have. */
  public static final int MAX_DEPTH = 65_000;

  /** How many more a message handler may have after an overflow. */
  private static final int SPARE_DEPTH = 1_000;

  public final Globals globals;

  CallFrame top;
  final Budget budget;
  int depthLimit = MAX_DEPTH;

  /** Which state of the hook this thread's frames follow, and the last instruction it was told. */
  int hookEpoch;

  Prototype hookPrototype;
  int hookAt;

  private final LuaValue function;
  private int status = STATUS_INITIAL;
  private LuaTable environment;
  private Fiber fiber;
  private LuaThread resumer;
  private int nested;
  private int unyieldable;
  private boolean handling;

  private Varargs transfer = NONE;
  private LuaError failure;
  private Throwable fatal;
  private Object attachment;

  /** Creates the main thread of a VM, or one that a host runs by itself. It counts as running. */
  public LuaThread(Globals globals) {
    this.globals = globals;
    this.budget = globals.budget;
    this.top = new CallFrame(null, null, (LuaFunction) null);
    this.function = NIL;
    this.status = STATUS_RUNNING;
    this.unyieldable = 1;
    this.environment = globals;
  }

  /** Creates a coroutine with a function as its body; nothing runs yet. */
  public LuaThread(Globals globals, LuaValue function) {
    this.globals = globals;
    this.budget = globals.budget;
    this.top = new CallFrame(null, null, (LuaFunction) null);
    this.function = function;
    LuaThread creator = globals.running;
    this.environment = creator == null ? globals : creator.environment;
  }

  @Override
  public int type() {
    return TTHREAD;
  }

  @Override
  public String typename() {
    return "thread";
  }

  @Override
  public boolean isthread() {
    return true;
  }

  @Override
  public LuaThread checkthread() {
    return this;
  }

  @Override
  public LuaValue getmetatable() {
    return Globals.current().threadMetatable;
  }

  /** Returns {@code suspended}, {@code running}, {@code normal} or {@code dead}. */
  public String getStatus() {
    return STATUS_NAMES[status];
  }

  public boolean isMainThread() {
    return function.isnil();
  }

  /** Tells whether a call of yield would succeed here. */
  public boolean isYieldable() {
    return unyieldable == 0;
  }

  /** Returns the environment that chunks loaded on this thread get: its globals. */
  public LuaTable environment() {
    return environment;
  }

  public void setEnvironment(LuaTable environment) {
    this.environment = environment;
  }

  /** Returns what a host keeps with this thread ({@code thread.exdata}); null for nothing. */
  public Object attachment() {
    return attachment;
  }

  public void attach(Object attachment) {
    this.attachment = attachment;
  }

  /** Returns the level of the stack, 0 for the running function; null where there is none. */
  public CallLevel level(int level) {
    return CallLevel.of(this, level);
  }

  // Coroutines.

  /**
   * Runs the coroutine until it yields or ends.
   *
   * @param args arguments of the body, or results of the yield that it waits in
   * @return true and the values, or false and the error's value
   */
  public Varargs resume(Varargs args) {
    LuaThread from = globals.running;
    if (status > STATUS_SUSPENDED) {
      String state = status == STATUS_DEAD ? "dead" : "running";
      return varargsOf(FALSE, LuaString.valueOf("cannot resume " + state + " coroutine"));
    }
    nested = from.nested + 1;
    if (nested > MAX_NESTED) {
      return varargsOf(FALSE, LuaString.valueOf("C stack overflow"));
    }
    if (fiber == null) {
      fiber = Fiber.create(this::run);
    }
    transfer = args;
    resumer = from;
    from.status = STATUS_NORMAL;
    status = STATUS_RUNNING;
    globals.running = this;
    globals.hook.follow(this);
    try {
      fiber.resume();
    } finally {
      globals.running = from;
      globals.hook.follow(from);
      from.status = STATUS_RUNNING;
      resumer = null;
    }
    return finish();
  }

  private Varargs finish() {
    Varargs results = transfer;
    transfer = NONE;
    if (!fiber.isDone()) {
      status = STATUS_SUSPENDED;
      return varargsOf(TRUE, results);
    }
    status = STATUS_DEAD;
    fiber = null;
    if (fatal instanceof Error e) {
      throw e;
    }
    if (fatal instanceof RuntimeException e) {
      throw e;
    }
    return failure == null
        ? varargsOf(TRUE, results)
        : varargsOf(FALSE, failure.getMessageObject());
  }

  /** The body, on the fiber. */
  private void run() {
    Varargs args = transfer;
    transfer = NONE;
    try {
      transfer = callFunction(function, args);
    } catch (LuaError e) {
      failure = e;
    } catch (StackOverflowError e) {
      failure = overflow();
    } catch (OutOfMemoryError e) {
      failure = new LuaError(LuaString.valueOf("not enough memory"));
    } catch (Throwable e) {
      fatal = e;
    }
  }

  /**
   * Suspends the running coroutine.
   *
   * @param values what resume returns
   * @return what the next resume passes
   */
  public static Varargs yield(Globals globals, Varargs values) {
    LuaThread thread = globals.running;
    if (thread.unyieldable > 0) {
      throw new LuaError("attempt to yield across C-call boundary");
    }
    thread.transfer = values;
    thread.fiber.yield();
    Varargs results = thread.transfer;
    thread.transfer = NONE;
    return results;
  }

  /** Returns the error a dead coroutine ended with, or null. */
  public LuaError failure() {
    return failure;
  }

  /** Forbids yields until {@link #endUnyieldable}; pcall ends it too where an error does. */
  public void beginUnyieldable() {
    unyieldable++;
  }

  public void endUnyieldable() {
    unyieldable--;
  }

  // Protected calls.

  /**
   * Calls any value with a frame of its own, also where it is a Java function, as Lua's C API does.
   */
  public Varargs callFunction(LuaValue f, Varargs args) {
    if (f instanceof LuaClosure closure) {
      return closure.invoke(args);
    }
    if (!(f instanceof LuaFunction function)) {
      LuaValue handler = f.metatag(CALL);
      if (!(handler instanceof LuaFunction)) {
        throw LuaError.runtime("attempt to call a " + f.typename() + " value");
      }
      return callFunction(handler, varargsOf(f, args));
    }
    CallFrame below = top;
    top = new CallFrame(this, below, function);
    checkDepth(top.depth);
    if (budget.ticks < 0) {
      globals.hook.called(this);
    }
    Varargs results = function.invoke(args);
    top = below;
    return results;
  }

  /**
   * Calls a value so that an error is an answer.
   *
   * @param f what to call
   * @param args its arguments
   * @param handler null, or what an error's value is passed to while the stack of the error is
   *     still there
   * @return true and the results, or false and the error's value or what the handler made of it
   */
  public Varargs pcall(LuaValue f, Varargs args, LuaValue handler) {
    CallFrame below = top;
    int yields = unyieldable;
    LuaError error;
    try {
      return varargsOf(TRUE, callFunction(f, args));
    } catch (LuaError e) {
      error = e;
    } catch (StackOverflowError e) {
      error = overflow();
    } catch (OutOfMemoryError e) {
      error = new LuaError(LuaString.valueOf("not enough memory"));
    }
    unyieldable = yields;
    try {
      LuaValue value = error.getMessageObject();
      return varargsOf(FALSE, handler == null ? value : handle(handler, value));
    } finally {
      top = below;
    }
  }

  private Varargs handle(LuaValue handler, LuaValue value) {
    boolean nestedHandler = handling;
    int limit = depthLimit;
    handling = true;
    depthLimit = limit + SPARE_DEPTH;
    try {
      if (!(handler instanceof LuaFunction) || nestedHandler && limit > MAX_DEPTH + SPARE_DEPTH) {
        return LuaString.valueOf("error in error handling");
      }
      return callFunction(handler, value).arg1();
    } catch (LuaError | StackOverflowError | OutOfMemoryError e) {
      return LuaString.valueOf("error in error handling");
    } finally {
      handling = nestedHandler;
      depthLimit = limit;
    }
  }

  /**
   * Calls a value for a host: an error is thrown with the traceback of where it happened.
   *
   * @throws LuaError whose {@link LuaError#traceback} is set
   */
  public Varargs traced(LuaValue f, Varargs args) {
    CallFrame below = top;
    int yields = unyieldable;
    try {
      return callFunction(f, args);
    } catch (LuaError e) {
      e.keepTraceback(Traceback.of(this, null, 0));
      throw e;
    } catch (StackOverflowError e) {
      LuaError error = overflow();
      error.keepTraceback(Traceback.of(this, null, 0));
      throw error;
    } catch (OutOfMemoryError e) {
      throw new LuaError(LuaString.valueOf("not enough memory"));
    } finally {
      unyieldable = yields;
      top = below;
    }
  }

  private LuaError overflow() {
    CallLevel level = level(0);
    String where = level == null ? "" : level.where();
    return new LuaError(LuaString.valueOf(where + "stack overflow"));
  }

  /** Makes a frame the top, unless it is. */
  void publish(CallFrame frame) {
    if (top != frame) {
      top = frame;
    }
  }

  /**
   * Drops what is left in registers that no code will read again, so that it can be collected:
   * those from the function being called on, in each frame that waits for a call.
   */
  public void forgetDeadRegisters() {
    for (CallFrame f = top; f.previous != null; f = f.previous) {
      if (f.closure != null && f.pc > 0 && !f.held) {
        int i = f.closure.p.code[f.pc - 1];
        if (Opcode.op(i) == Opcode.CALL) {
          Arrays.fill(f.registers, Opcode.a(i), f.registers.length, null);
        }
      }
    }
  }

  /** Raises the error of too deep a stack. */
  void checkDepth(int depth) {
    if (depth > depthLimit) {
      throw LuaError.runtime("stack overflow");
    }
  }

  /**
   * Returns a traceback in LuaJIT's format, from a level on, under a message where there is one.
   */
  public String traceback(String message, int level) {
    return Traceback.of(this, message, level);
  }

  /** Returns the coroutine that resumed this one and waits for it; null where none does. */
  public LuaThread resumer() {
    return resumer;
  }
}
