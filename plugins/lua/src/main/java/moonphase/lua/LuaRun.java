package moonphase.lua;

import java.util.List;
import java.util.function.Consumer;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.ErrorLog;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * One execution of a script: in which context, for which request, and how it came to its end.
 *
 * <p>In a context that may wait, the script is the entry thread among light threads, and the run is
 * over when all of them are, or when one of them leaves it ({@link #exit}, {@link #exec}).
 * Elsewhere it is a plain call. Worker thread only.
 *
 * <p>Source: ngx_http_lua_run_thread, ngx_http_lua_run_posted_threads.
 */
public final class LuaRun {
  /** How a run came to its end. */
  public enum End {
    /** It goes on, or waits. */
    NONE,
    /** Every thread ended. */
    DONE,
    /** {@code ngx.exit} or {@code ngx.redirect}: {@link LuaRun#exitCode}. */
    EXIT,
    /** {@code ngx.exec}: {@link LuaRun#execUri}. */
    EXEC,
    /** {@code ngx.req.set_uri(uri, true)}. */
    JUMP,
    /** The entry thread failed; the line was logged. */
    FAILED
  }

  private final LuaVm vm;
  private final LuaContext context;
  private final @Nullable LuaRequest request;
  private final ErrorLog log;
  private final Worker worker;

  private final LuaThreads threads = new LuaThreads(this);
  private @Nullable LuaFunction abortHandler;
  private @Nullable Consumer<LuaRun> whenOver;
  private End end = End.NONE;
  private boolean hasWaited;
  private int exitCode;
  private String execUri = "";
  private String execArgs = "";
  private Varargs args = LuaValue.NONE;
  private Varargs results = LuaValue.NONE;
  private @Nullable BodyPiece bodyPiece;

  LuaRun(LuaVm vm, LuaContext context, @Nullable LuaRequest request, ErrorLog log, Worker worker) {
    this.vm = vm;
    this.context = context;
    this.request = request;
    this.log = log;
    this.worker = worker;
  }

  // What scripts and API functions ask.

  /** The VM. */
  public LuaVm vm() {
    return vm;
  }

  /** Where the script runs. */
  public LuaContext context() {
    return context;
  }

  /** The error log of the request, or of the generation where there is none. */
  public ErrorLog log() {
    return log;
  }

  /** What stands behind its lines in the error log, where no request says it; empty for nothing. */
  public String logSuffix() {
    return log instanceof SuffixedLog suffixed ? suffixed.suffix() : "";
  }

  /** The worker. */
  public Worker worker() {
    return worker;
  }

  /**
   * What is kept with the request, a stand-in's included.
   *
   * @throws LuaError {@code no request found} in {@code init_by_lua*}
   */
  public LuaRequest request() {
    if (request == null) {
      throw new LuaError("no request found");
    }
    return request;
  }

  /** Whether there is a request, be it a stand-in. */
  public boolean hasRequest() {
    return request != null;
  }

  /** Whether there is a client's request. */
  public boolean hasExchange() {
    return request != null && request.hasExchange();
  }

  /**
   * The client's request.
   *
   * @throws LuaError {@code API disabled in the current context} where there is only a stand-in
   */
  public Exchange exchange() {
    return request().exchange();
  }

  /** A module's configuration where the request stands, or the level http's for a stand-in. */
  public <C extends Conf<C>> C conf(ConfKey<C> key) {
    return hasExchange() ? exchange().conf(key) : vm.generation().conf(key);
  }

  /** The arguments of {@code set_by_lua}; none elsewhere. */
  public Varargs args() {
    return args;
  }

  /** What a script that was called returned. */
  public Varargs results() {
    return results;
  }

  /** The first of them as text, one char a byte; empty if it is no string or number. */
  public String resultText() {
    return results.arg1().isstring() ? LuaText.latin1(results.arg1()) : "";
  }

  /** The piece of the body that {@code body_filter_by_lua} sees; null elsewhere. */
  public @Nullable BodyPiece bodyPiece() {
    return bodyPiece;
  }

  /** Sets what {@code body_filter_by_lua} sees. */
  public void bodyPiece(BodyPiece piece) {
    bodyPiece = piece;
  }

  /** How the run ended, or did not. */
  public End end() {
    return end;
  }

  /** The code of {@code ngx.exit}. */
  public int exitCode() {
    return exitCode;
  }

  /** Where {@code ngx.exec} leads. */
  public String execUri() {
    return execUri;
  }

  /** The query string of {@code ngx.exec}. */
  public String execArgs() {
    return execArgs;
  }

  /** The light thread that runs now; null outside the contexts that may wait. */
  public @Nullable LuaCoroutine current() {
    return threads.current();
  }

  /** The entry thread; null outside the contexts that may wait. */
  public @Nullable LuaCoroutine entry() {
    return threads.entry();
  }

  // What API functions do.

  /**
   * Suspends the running light thread, up to the event loop, until something is there.
   *
   * @param start begins whatever is waited for; it may wake the thread at once
   * @return what the thread was woken with
   * @throws LuaError {@code API disabled in the context of x} where Lua may not wait
   */
  public Varargs await(Consumer<LuaWait> start) {
    LuaCoroutine waiting = threads.current();
    if (waiting == null) {
      throw new LuaError("API disabled in the context of " + context);
    }
    LuaWait wait = new LuaWait(waiting);
    start.accept(wait);
    return wait.sleep();
  }

  /** Lets the other light threads of this run go first; at once if there is none that can. */
  public void pass() {
    LuaCoroutine passing = threads.current();
    if (passing != null && threads.hasReady()) {
      threads.ready(passing);
      passing.pass();
    }
  }

  /**
   * Ends the run with a code, as {@code ngx.exit} does. Does not return in contexts that may wait.
   */
  public void exit(int code) {
    exitCode = code;
    leave(End.EXIT);
  }

  /** Ends the run with an internal redirect. Does not return. */
  public void exec(String uri, String queryString) {
    execUri = uri;
    execArgs = queryString;
    leave(End.EXEC);
  }

  /** Ends the run so that the location is chosen again. Does not return. */
  public void jump() {
    leave(End.JUMP);
  }

  private void leave(End how) {
    end = how;
    LuaCoroutine leaving = threads.current();
    if (leaving != null) {
      leaving.stop();
    }
  }

  /**
   * Starts a light thread; it runs until it first waits.
   *
   * @throws LuaError where Lua may not wait
   */
  public LuaCoroutine spawn(LuaFunction function, Varargs args) {
    LuaCoroutine spawning = threads.current();
    if (spawning == null) {
      throw new LuaError("API disabled in the context of " + context);
    }
    LuaCoroutine thread = threads.spawn(function, args, spawning);
    if (end != End.NONE) {
      spawning.stop();
    }
    return thread;
  }

  /**
   * Waits until one of some light threads has ended.
   *
   * @return true and its results, or false and its error
   */
  public Varargs join(List<LuaCoroutine> candidates) {
    for (LuaCoroutine thread : candidates) {
      if (thread.isZombie()) {
        return threads.reap(thread);
      }
    }
    return await(wait -> {
      for (LuaCoroutine thread : candidates) {
        thread.waiter(wait);
      }
    });
  }

  /** Ends a light thread where it waits. */
  public void kill(LuaCoroutine thread) {
    threads.kill(thread);
  }

  // What handlers do.

  /**
   * Runs a script as the entry thread.
   *
   * @param over called once when the run has ended, if it does not end before this returns
   * @return whether it has ended
   */
  boolean start(LuaFunction function, Varargs arguments, Consumer<LuaRun> over) {
    whenOver = over;
    threads.start(function, arguments);
    hasWaited = true;
    return end != End.NONE;
  }

  /**
   * Calls a script in a context that may not wait.
   *
   * @throws LuaError with its traceback
   */
  void call(LuaFunction function, Varargs arguments) {
    args = arguments;
    LuaRun outer = vm.enter(this);
    LuaThread running = vm.globals().running;
    LuaThread main = vm.globals().mainThread();
    vm.globals().running = main;
    try {
      results = main.traced(function, arguments);
    } finally {
      vm.globals().running = running;
      vm.leave(outer);
    }
  }

  /** Ends the run from outside, because the request is over: nothing of it runs any more. */
  void abort() {
    if (end == End.NONE) {
      end = End.FAILED;
    }
    threads.cleanUp();
  }

  /** Whether it has ended. */
  boolean isOver() {
    return end != End.NONE;
  }

  void end(End how) {
    end = how;
  }

  /**
   * Has a function run as a light thread when the client goes away.
   *
   * @return whether there was none before
   */
  public boolean onAbort(LuaFunction function) {
    if (abortHandler != null) {
      return false;
    }
    abortHandler = function;
    return true;
  }

  /** The client went away while the run was waiting. */
  void clientGone() {
    if (end != End.NONE) {
      return;
    }
    LuaFunction handler = abortHandler;
    if (handler == null) {
      log.log(LogLevel.INFO, "client prematurely closed connection");
      exitCode = 499;
      end = End.EXIT;
      threads.cleanUp();
      tellOver();
    } else {
      goOn(threads.add(handler, LuaValue.NONE, threads.entry()));
    }
  }

  /** Keeps track of which thread runs; answers the one before. */
  @Nullable LuaCoroutine enter(@Nullable LuaCoroutine thread) {
    return threads.enter(thread);
  }

  /** A thread got what it waited for. */
  void woken(LuaCoroutine thread) {
    if (threads.isDriving()) {
      threads.ready(thread);
    } else if (vm.isRunning()) {
      worker.execute(() -> goOn(thread));
    } else {
      goOn(thread);
    }
  }

  private void goOn(LuaCoroutine thread) {
    if (end != End.NONE || !thread.isAlive()) {
      return;
    }
    threads.drive(thread);
    if (end != End.NONE) {
      tellOver();
    }
  }

  private void tellOver() {
    Consumer<LuaRun> over = whenOver;
    if (hasWaited && over != null) {
      whenOver = null;
      over.accept(this);
    }
  }
}
