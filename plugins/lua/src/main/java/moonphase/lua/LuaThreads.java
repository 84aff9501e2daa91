package moonphase.lua;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.ScriptStopped;
import org.luaj.vm2.Varargs;

/**
 * The entry thread and the light threads of one run, and whose turn it is. Worker thread only.
 *
 * <p>A thread runs until it waits or ends; one that got what it waited for while another runs is
 * ready, and has its turn next.
 *
 * <p>Source: ngx_http_lua_run_thread, ngx_http_lua_run_posted_threads.
 */
final class LuaThreads {
  private final LuaRun run;

  /** Threads that can go on; null as long as there was none, which is the usual case. */
  private @Nullable ArrayDeque<LuaCoroutine> ready;

  /** Light threads that have not ended; null as long as there was none. */
  private @Nullable List<LuaCoroutine> threads;

  private @Nullable LuaCoroutine current;
  private @Nullable LuaCoroutine entry;
  private boolean isDriving;

  LuaThreads(LuaRun run) {
    this.run = run;
  }

  /** The thread that runs now; null if none does. */
  @Nullable LuaCoroutine current() {
    return current;
  }

  @Nullable LuaCoroutine entry() {
    return entry;
  }

  /** Keeps track of which thread runs; answers the one before. */
  @Nullable LuaCoroutine enter(@Nullable LuaCoroutine thread) {
    LuaCoroutine before = current;
    current = thread;
    return before;
  }

  /** Runs a function as the entry thread, until all wait or the run is over. */
  void start(LuaFunction function, Varargs args) {
    LuaCoroutine first = new LuaCoroutine(run, function, args, null);
    entry = first;
    drive(first);
  }

  /**
   * Runs a function as a child of a running thread, until it first waits. The parent's turn comes
   * after that of the threads that were ready before.
   */
  LuaCoroutine spawn(LuaFunction function, Varargs args, LuaCoroutine parent) {
    LuaCoroutine thread = add(function, args, parent);
    ready(parent);
    step(thread);
    if (!run.isOver() && ready != null) {
      if (ready.peek() == parent) {
        ready.remove();
      } else {
        parent.pass();
      }
    }
    return thread;
  }

  /** Makes a light thread that does not run yet. */
  LuaCoroutine add(LuaFunction function, Varargs args, @Nullable LuaCoroutine parent) {
    LuaCoroutine thread = new LuaCoroutine(run, function, args, parent);
    if (threads == null) {
      threads = new ArrayList<>(4);
    }
    threads.add(thread);
    return thread;
  }

  /**
   * Takes the result of a thread that has ended: true and values, or false and what {@code error}
   * was called with, which has no position yet.
   */
  Varargs reap(LuaCoroutine thread) {
    thread.bury();
    LuaError error = thread.error();
    return error == null
        ? LuaValue.varargsOf(LuaValue.TRUE, thread.values())
        : LuaValue.varargsOf(LuaValue.FALSE, error.given());
  }

  /** Ends a light thread where it waits. */
  void kill(LuaCoroutine thread) {
    thread.kill();
    forget(thread);
  }

  private void forget(LuaCoroutine thread) {
    if (threads != null) {
      threads.remove(thread);
    }
  }

  /** Whether the event loop is within one of these threads. */
  boolean isDriving() {
    return isDriving;
  }

  /** Gives a thread its turn after the one that runs. */
  void ready(LuaCoroutine thread) {
    if (ready == null) {
      ready = new ArrayDeque<>(4);
    }
    ready.add(thread);
  }

  /** Whether another thread could have its turn now. */
  boolean hasReady() {
    return ready != null && !ready.isEmpty();
  }

  /** Runs a thread, then those that became ready meanwhile, until all wait or the run is over. */
  void drive(LuaCoroutine first) {
    isDriving = true;
    try {
      LuaCoroutine next = first;
      while (next != null && !run.isOver()) {
        if (next.isAlive()) {
          step(next);
        }
        next = ready == null ? null : ready.poll();
      }
    } finally {
      isDriving = false;
    }
    if (!run.isOver() && (entry == null || !entry.isAlive()) && isEmpty()) {
      run.end(LuaRun.End.DONE);
    }
    if (run.isOver()) {
      cleanUp();
    }
  }

  private boolean isEmpty() {
    return threads == null || threads.isEmpty();
  }

  private void step(LuaCoroutine thread) {
    thread.go();
    if (!run.isOver() && thread.isReaped()) {
      ended(thread);
    }
  }

  private void ended(LuaCoroutine thread) {
    forget(thread);
    String failure = failure(thread);
    if (thread.isEntry()) {
      if (!failure.isEmpty()) {
        run.end(LuaRun.End.FAILED);
      }
      return;
    }
    LuaWait waiter = thread.waiter();
    LuaCoroutine parent = thread.parent();
    if (waiter != null && !waiter.isOver()) {
      waiter.wake(reap(thread));
    } else if (parent != null && parent.isAlive()) {
      thread.becomeZombie();
    }
  }

  /** Logs what a thread failed with; empty if it did not. */
  private String failure(LuaCoroutine thread) {
    String aborted = thread.isEntry() ? "lua entry thread aborted: " : "lua user thread aborted: ";
    LuaError error = thread.error();
    if (error != null) {
      run.log().log(
          LogLevel.ERROR, aborted + "runtime error: " + LuaErrors.describe(error, thread));
      return aborted;
    }
    Throwable bug = thread.bug();
    if (bug instanceof ScriptStopped) {
      run.log().log(LogLevel.ERROR, aborted + bug.getMessage());
      return aborted;
    }
    if (bug != null) {
      run.log().log(LogLevel.ERROR, aborted + bug, bug);
      return aborted;
    }
    return "";
  }

  /** Ends what still waits. */
  void cleanUp() {
    ready = null;
    if (entry != null) {
      entry.kill();
    }
    if (threads != null) {
      for (LuaCoroutine thread : threads) {
        thread.kill();
      }
      threads = null;
    }
  }
}
