package moonphase.luaj;

import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaValue;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a coroutine costs next to a call: one operation is a call of a Lua function, a coroutine
 * created and run to its end, or a yield and the resume after it, a thousand of them in a Lua loop.
 *
 * <p>Run as {@link KernelBenchmark} says, with {@code Coroutine} in place of {@code Kernel}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")
@OperationsPerInvocation(1000)
public class CoroutineBenchmark {
  private LuaState lua;
  private LuaValue call;
  private LuaValue create;
  private LuaValue yield;

  @Setup
  public void load() {
    lua = new LuaState().openLibraries();
    call = function("local f = function(a) return a end", "f(i)");
    create =
        function(
            "local f, create, resume = function(a) return a end, coroutine.create,"
                + " coroutine.resume",
            "resume(create(f), i)");
    yield =
        function(
            "local yield = coroutine.yield local f = coroutine.wrap(function() while true do"
                + " yield() end end)",
            "f()");
  }

  private LuaValue function(String before, String body) {
    String source = before + " return function() for i = 1, 1000 do " + body + " end end";
    return lua.run(source, "=benchmark").values().arg1();
  }

  @Benchmark
  public boolean call() {
    return lua.pcall(call).succeeded();
  }

  @Benchmark
  public boolean createAndFinish() {
    return lua.pcall(create).succeeded();
  }

  @Benchmark
  public boolean yieldAndResume() {
    return lua.pcall(yield).succeeded();
  }
}
