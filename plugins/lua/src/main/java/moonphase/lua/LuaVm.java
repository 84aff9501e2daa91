package moonphase.lua;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import moonphase.spi.ErrorLog;
import moonphase.spi.Exchange;
import moonphase.spi.Generation;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.Varargs;

/**
 * A Lua VM: one a worker and generation, or one a request with {@code lua_code_cache off}.
 *
 * <p>Threads: the one that makes it, until the worker starts; then that worker's alone. Nothing
 * mutable is shared with another VM.
 */
public final class LuaVm {
  /**
   * Names what an API area keeps with each VM, a pool of sockets for example; by identity.
   *
   * @param <T> its type
   */
  public static final class Slot<T> {
    private final Function<LuaVm, T> maker;

    /** A slot whose value is made at the first use in each VM. */
    public Slot(Function<LuaVm, T> maker) {
      this.maker = maker;
    }
  }

  private final Globals globals;
  private final Generation generation;
  private final Worker worker;
  private final CodeCache codeCache = new CodeCache(this);
  private final Preloads preloads = new Preloads(this);
  private final LuaTable ngx = new LuaTable();
  private final NgxNull ngxNull = new NgxNull();
  private final Map<Slot<?>, Object> slots = new IdentityHashMap<>();
  private final List<Runnable> cleanups = new ArrayList<>();
  private final List<Runnable> exiting = new ArrayList<>();
  private final boolean isOfRequest;

  /** What runs now: set on entry and resume, so that API functions find their request. */
  private @Nullable LuaRun run;

  private @Nullable Globals outer;
  private boolean isClosed;
  private boolean hasBegun;
  private int users = 1;

  LuaVm(Globals globals, Generation generation, Worker worker, boolean isOfRequest) {
    this.globals = globals;
    this.generation = generation;
    this.worker = worker;
    this.isOfRequest = isOfRequest;
  }

  /** The state of the language. */
  public Globals globals() {
    return globals;
  }

  /** The table {@code ngx}. */
  public LuaTable ngx() {
    return ngx;
  }

  /** The table at a path below {@code ngx}, for example {@code req}; made if it is missing. */
  public LuaTable table(String path) {
    return NgxTable.table(this, path);
  }

  /** The value {@code ngx.null}. */
  public NgxNull ngxNull() {
    return ngxNull;
  }

  /** The generation it lives in. */
  public Generation generation() {
    return generation;
  }

  /** The worker it belongs to. */
  public Worker worker() {
    return worker;
  }

  /** Whether it lives for one request only: {@code lua_code_cache off}. */
  public boolean isOfRequest() {
    return isOfRequest;
  }

  /** The compiled scripts. */
  public CodeCache codeCache() {
    return codeCache;
  }

  Preloads preloads() {
    return preloads;
  }

  /**
   * What runs now.
   *
   * @throws IllegalStateException if nothing does
   */
  public LuaRun run() {
    LuaRun now = run;
    if (now == null) {
      throw new IllegalStateException("no script runs in this VM");
    }
    return now;
  }

  /** Whether a script runs. */
  public boolean isRunning() {
    return run != null;
  }

  /** What an area keeps with this VM. */
  @SuppressWarnings("unchecked")
  public <T> T slot(Slot<T> slot) {
    Object value = slots.get(slot);
    if (value == null) {
      value = slot.maker.apply(this);
      slots.put(slot, value);
    }
    return (T) value;
  }

  /** Has something run when the VM is dropped; the last registered runs first. */
  public void onClose(Runnable cleanup) {
    cleanups.add(cleanup);
  }

  /** Has something run when the worker begins to exit, before its last requests are over. */
  public void onExiting(Runnable task) {
    exiting.add(task);
  }

  void exiting() {
    for (Runnable task : List.copyOf(exiting)) {
      task.run();
    }
  }

  /** A run in this VM for a client's request. */
  LuaRun runFor(LuaContext context, LuaRequest request, Exchange exchange) {
    return new LuaRun(this, context, request, exchange.log(), worker);
  }

  /** A run in this VM without a client, for example of a worker's start. */
  LuaRun standInRun(LuaContext context, String suffix) {
    LuaRequest request = context == LuaContext.INIT ? null : LuaRequest.standIn(this);
    ErrorLog log = suffix.isEmpty() ? generation.log() : new SuffixedLog(generation.log(), suffix);
    return new LuaRun(this, context, request, log, worker);
  }

  /**
   * Starts a function as the entry thread of a run without a client, such as a timer's.
   *
   * @param suffix what stands behind its lines in the error log
   * @param over told when all of its threads have ended, also if that is before this returns
   */
  public void start(
      LuaContext context, LuaFunction function, Varargs args, String suffix, Runnable over) {
    LuaRun run = standInRun(context, suffix);
    if (run.start(function, args, ended -> over(ended, over))) {
      over(run, over);
    }
  }

  private static void over(LuaRun run, Runnable over) {
    if (run.hasRequest() && run.request().hasCtx()) {
      run.log().log(LogLevel.DEBUG, "lua release ngx.ctx at ref 1");
    }
    over.run();
  }

  /** Notes that its worker has begun; false if it was noted before, by a bundle that has left. */
  public boolean begin() {
    boolean isFirst = !hasBegun;
    hasBegun = true;
    return isFirst;
  }

  /** Keeps the VM until {@link #release}, although its request may be over. */
  public void retain() {
    users++;
  }

  /** Lets the VM go; it is dropped when nobody keeps it any more. */
  public void release() {
    generation.log().log(
        LogLevel.DEBUG, "lua decrementing the reference count for Lua VM: " + users);
    users--;
    if (users == 0) {
      close();
    }
  }

  /** Makes a run the current one; answers the one before. */
  @Nullable LuaRun enter(@Nullable LuaRun now) {
    LuaRun before = run;
    if (before == null) {
      outer = Globals.enter(globals);
    }
    run = now;
    return before;
  }

  /** Makes the run before the current one again. */
  void leave(@Nullable LuaRun before) {
    run = before;
    if (before == null) {
      Globals.enter(outer);
      outer = null;
    }
  }

  /** Runs the finalizers of what is left in the VM, and drops it. */
  void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    generation.log().log(
        LogLevel.DEBUG,
        "lua close the global Lua VM " + Integer.toHexString(System.identityHashCode(this)));
    LuaRun before = enter(standInRun(LuaContext.EXIT_WORKER, ""));
    try {
      globals.close();
    } finally {
      leave(before);
    }
    for (Runnable cleanup : List.copyOf(cleanups).reversed()) {
      cleanup.run();
    }
    cleanups.clear();
    slots.clear();
  }
}
