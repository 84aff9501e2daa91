package moonphase.luaj;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The kernels of {@code src/jmh/lua}, each a Lua chunk that returns the function to be measured and
 * says in its first line what it does. One operation is one call of that function.
 *
 * <p>Run, in this module's folder, after {@code mvn -Pbench test-compile}: {@code java -cp
 * 'target/test-classes:target/classes:target/bench/*' org.openjdk.jmh.Main Kernel -p
 * kernel=fib,json_decode}. {@code src/jmh/compare.sh} runs the same files on other interpreters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")
public class KernelBenchmark {
  @Param({
    "bytes",
    "calls",
    "closures",
    "concat",
    "fib",
    "find",
    "format",
    "gmatch",
    "gsub",
    "handler",
    "json_decode",
    "json_encode",
    "methods",
    "nbody",
    "pairs",
    "sieve",
    "sort",
    "strbuild",
    "tableloop",
    "varargs"
  })
  String kernel;

  /** Where the kernels are. */
  @Param("src/jmh/lua")
  String folder;

  private LuaState lua;
  private LuaValue run;

  @Setup
  public void load() throws IOException {
    lua = new LuaState().openLibraries();
    lua.set("KERNELS", LuaString.valueOf(folder));
    Path file = Path.of(folder, kernel + ".lua");
    LuaState.Result result = lua.run(Files.readString(file), "@" + file);
    if (!result.succeeded()) {
      throw new IllegalStateException(result.message());
    }
    run = result.values().arg1();
  }

  @Benchmark
  public Varargs run() {
    LuaState.Result result = lua.pcall(run);
    if (!result.succeeded()) {
      throw new IllegalStateException(result.message());
    }
    return result.values();
  }
}
