package moonphase.lua;

import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A thread of Lua that the event loop runs: the entry thread of a handler, or a light thread.
 *
 * <p>It lives in a {@link RequestFiber}; a user coroutine within it that waits suspends the whole
 * chain. Worker thread only.
 */
public final class LuaCoroutine extends LuaThread {
  /** What a thread is doing. */
  enum State {
    READY,
    RUNNING,
    WAITING,
    /** Ended, and nobody has asked for the result yet. */
    ZOMBIE,
    DEAD
  }

  private final LuaRun run;
  private final LuaFunction function;
  private final @Nullable LuaCoroutine parent;

  /** The coroutine that called spawn: the parent, or one within it. */
  private final @Nullable LuaThread spawner;

  private final RequestFiber fiber;
  private State state = State.READY;
  private Varargs values;
  private @Nullable LuaError error;
  private @Nullable Throwable bug;
  private @Nullable LuaWait wait;
  private LuaThread inner = this;
  private @Nullable LuaWait waiter;
  private boolean isAbandoned;

  LuaCoroutine(LuaRun run, LuaFunction function, Varargs args, @Nullable LuaCoroutine parent) {
    super(run.vm().globals());
    this.run = run;
    this.function = function;
    this.values = args;
    this.parent = parent;
    this.spawner = parent == null ? null : run.vm().globals().running;
    this.fiber = RequestFiber.of(this::body);
  }

  /** The run it belongs to. */
  public LuaRun run() {
    return run;
  }

  /** The thread that made this one; null for an entry thread. */
  public @Nullable LuaCoroutine parent() {
    return parent;
  }

  /**
   * The coroutine that made this one, which alone may wait for it or kill it: the parent, or a user
   * coroutine within it; null for an entry thread.
   */
  public @Nullable LuaThread spawner() {
    return spawner;
  }

  /** Whether it is the thread that a handler began with. */
  public boolean isEntry() {
    return parent == null;
  }

  State state() {
    return state;
  }

  /** What it returned; valid once it ended without error. */
  Varargs values() {
    return values;
  }

  @Nullable LuaError error() {
    return error;
  }

  /** A failure of ours, not of the script; the server logs its stack. */
  @Nullable Throwable bug() {
    return bug;
  }

  /** Whether it ended, and nobody has asked for the result yet. */
  public boolean isZombie() {
    return state == State.ZOMBIE;
  }

  /** Whether it ended and its result was taken, or it was killed. */
  public boolean isReaped() {
    return state == State.DEAD;
  }

  /** Whether it waits for subrequests, so that it cannot be killed. */
  public boolean isWaitingForSubrequests() {
    return wait != null && wait.isForSubrequests();
  }

  boolean isAlive() {
    return state != State.DEAD && state != State.ZOMBIE;
  }

  /** The wait of a parent that wants to know when this ends; null for none. */
  @Nullable LuaWait waiter() {
    return waiter;
  }

  void waiter(@Nullable LuaWait waiter) {
    this.waiter = waiter;
  }

  /** Runs until it waits or ends. */
  void go() {
    state = State.RUNNING;
    LuaVm vm = run.vm();
    LuaRun outerRun = vm.enter(run);
    LuaCoroutine outer = run.enter(this);
    LuaThread running = globals.running;
    globals.running = inner;
    try {
      fiber.resume();
    } finally {
      globals.running = running;
      run.enter(outer);
      vm.leave(outerRun);
    }
    if (fiber.isDone()) {
      state = State.DEAD;
    }
  }

  private void body() {
    try {
      values = traced(function, values);
    } catch (LuaError e) {
      error = e;
    } catch (RuntimeException | Error e) {
      if (isAbandoned) {
        throw e;
      }
      bug = e;
    }
  }

  /** Called within the body: suspends until the wait is over. */
  void sleep(LuaWait wait) {
    this.wait = wait;
    suspend(State.WAITING);
    this.wait = null;
  }

  /** Called within the body: lets others go first. */
  void pass() {
    suspend(State.READY);
  }

  /** Called within the body: suspends for good, because the run is over. */
  void stop() {
    suspend(State.WAITING);
    throw new IllegalStateException("a stopped thread was resumed");
  }

  private void suspend(State waiting) {
    state = waiting;
    LuaThread running = globals.running;
    inner = running;
    fiber.suspend();
    globals.running = running;
  }

  /** Ends it where it waits; what it waits for is called off. */
  void kill() {
    if (!isAlive()) {
      state = State.DEAD;
      return;
    }
    state = State.DEAD;
    isAbandoned = true;
    LuaWait pending = wait;
    wait = null;
    if (pending != null) {
      pending.cancel();
    }
    fiber.abandon();
  }

  void becomeZombie() {
    state = State.ZOMBIE;
  }

  void bury() {
    state = State.DEAD;
  }

  @Override
  public boolean isMainThread() {
    return false;
  }

  @Override
  public boolean isYieldable() {
    return true;
  }

  /** A thread that waits for the event loop counts as running, as upstream has it. */
  @Override
  public String getStatus() {
    return switch (state) {
      case RUNNING -> run.current() == this && globals.running != this ? "normal" : "running";
      case READY, WAITING -> inner == this ? "running" : "normal";
      case ZOMBIE -> "zombie";
      case DEAD -> "dead";
    };
  }

  @Override
  public Varargs resume(Varargs args) {
    return LuaValue.varargsOf(
        LuaValue.FALSE, LuaString.valueOf("cannot resume " + getStatus() + " coroutine"));
  }
}
