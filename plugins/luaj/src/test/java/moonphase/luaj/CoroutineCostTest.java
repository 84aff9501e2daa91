package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

/** What many coroutines cost, where the JVM's continuations carry them. */
class CoroutineCostTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int MANY = 100_000;

  private final LuaState lua = new LuaState().openLibraries();

  private String run(String source) {
    LuaState.Result result = lua.run(source, "=t");
    assertTrue(result.succeeded(), result::message);
    return result.values().arg1().tojstring();
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void suspend() {
    assertEquals(
        "100000",
        run(
            "all = {} for i = 1, 1e5 do local c = coroutine.create(function(a) local b ="
                + " coroutine.yield(a) return a + b end) coroutine.resume(c, i) all[i] = c end"
                + " return #all"));
  }

  @Test
  void hundredThousandSuspended_takeUnder400MegabytesAndNoThread() {
    int threads = THREADS.getThreadCount();
    long before = used();
    suspend();
    long bytes = used() - before;
    assertTrue(bytes < 400_000_000, MANY + " coroutines: " + bytes + " bytes");
    assertTrue(THREADS.getThreadCount() < threads + 10, "threads: " + THREADS.getThreadCount());
    assertEquals(
        "5000150000",
        run(
            "local n = 0 for i = 1, #all do local ok, v = coroutine.resume(all[i], 1) n = n + v end"
                + " return n"));
    assertEquals("dead", run("return coroutine.status(all[1])"));
  }

  @Test
  void abandoned_areCollected() {
    long before = used();
    suspend();
    run("all = nil return 0");
    long left = used() - before;
    assertTrue(left < 40_000_000, "left: " + left + " bytes");
    assertEquals(
        "0",
        run(
            "local w = setmetatable({}, {__mode = 'k'}) for i = 1, 1000 do local c ="
                + " coroutine.create(coroutine.yield) coroutine.resume(c) w[c] = true end"
                + " collectgarbage() local n = 0 for _ in pairs(w) do n = n + 1 end return n - n %"
                + " 10"));
  }

  /** The ratio asked for, 20, is the compiled code's (see CoroutineBenchmark); here is room. */
  @Test
  void createdAndFinished_costsAFewCalls() {
    String call = "local f = function(a) return a end for i = 1, 20000 do f(i) end return 0";
    String create =
        "local f, create, resume = function(a) return a end, coroutine.create, coroutine.resume"
            + " for i = 1, 20000 do resume(create(f), i) end return 0";
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 15; round++) {
      best = Math.min(best, (double) nanos(create) / nanos(call));
    }
    assertTrue(best < 40, "ratio: " + best);
  }

  private long nanos(String source) {
    long start = THREADS.getCurrentThreadCpuTime();
    run(source);
    return Math.max(THREADS.getCurrentThreadCpuTime() - start, 1);
  }
}
