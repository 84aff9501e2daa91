package org.luaj.vm2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import moonphase.luaj.LuaState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hot functions become byte code, at any moment of their life. That byte code does what the
 * interpreter does is shown by a second run of the other tests, with all functions compiled.
 */
class JitCompilerTest {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final LuaState lua = new LuaState().openLibraries();

  JitCompilerTest() {
    lua.set("compile", args -> compile());
    lua.set("compiled", args -> LuaValue.valueOf(isCompiled(top())));
  }

  private CallFrame top() {
    return lua.globals().running.top;
  }

  private LuaValue compile() {
    JitCompiler.compile(top().closure.p);
    return LuaValue.NIL;
  }

  private static boolean isCompiled(CallFrame frame) {
    JitCode code = frame.closure.p.jit;
    return code != null && frame.code == code.code;
  }

  private String run(String source) {
    LuaState.Result result = lua.run(source, "=t");
    return result.succeeded() ? result.values().arg1().tojstring() : result.message();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not in time");
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void hotFunction_isCompiled() {
    run("function hot(n) local s = 0 for i = 1, n do s = s + i end return s, compiled() end");
    LuaClosure hot = (LuaClosure) lua.globals().get("hot");
    await(() -> {
      assertEquals("50005000", run("return (hot(10000))"));
      return hot.p.jit != null;
    });
    assertEquals("true", run("return select(2, hot(1))"));
  }

  @Test
  void functionThatRuns_goesOverInItsLoop() {
    assertEquals(
        "false true 4950",
        run(
            """
            local first, last, sum = nil, nil, 0
            for i = 0, 20099 do
              if i < 100 then sum = sum + i end
              if i == 50 then compile() end
              if i == 51 then first = compiled() end
              last = compiled()
            end
            return tostring(first) .. " " .. tostring(last) .. " " .. sum
            """));
  }

  @Test
  void errorInCompiledCode_namesTheVariableAndTheLine() {
    assertEquals(
        "t:3: attempt to index local 'x' (a nil value)",
        run(
            """
            local function f(x)
              if x == 1 then compile() return end
              return x.y
            end
            f(1)
            f()
            """));
  }

  @Test
  void hookSetByCompiledCode_isToldOfEachLine() {
    assertEquals(
        "5 6 5 6 5 7 ",
        run(
            """
            local lines = ""
            local function f(on)
              if on == nil then compile() return end
              if on then debug.sethook(function(_, line) lines = lines .. line .. " " end, "l") end
              for i = 1, 2 do
                local x = i
              end debug.sethook()
            end
            f()
            f(false)
            f(true)
            return lines
            """));
  }

  @Test
  void endlessLoopInCompiledCode_isStopped() {
    lua.globals().budget.limitSteps(1_000_000);
    assertThrows(ScriptStopped.class, () -> run("compile() while true do end"));
    lua.globals().budget.lift();
  }

  @Test
  void recursionInCompiledCode_isAsDeepAsInterpreted() {
    assertEquals(
        "true 15000 false",
        run(
            """
            local function down(n) if n == 0 then return 0 end return 1 + down(n - 1) end
            local function endless() return 1 + endless() end
            local function f(g, n)
              local co = coroutine.wrap(function() compile() return g(n) end)
              return co()
            end
            down(20000) down(20000) down(20000)
            return tostring(pcall(f, down, 15000)) .. " " .. f(down, 15000)
                .. " " .. tostring(pcall(endless))
            """));
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 1000})
  void longFunction_isLeftToTheInterpreter(int length) {
    run("function long(x) " + "x = x + 1 ".repeat(length) + "return x end");
    LuaClosure function = (LuaClosure) lua.globals().get("long");
    JitCompiler.compile(function.p);
    assertNull(function.p.jit);
    assertEquals(Integer.toString(length + 1), run("return long(1)"));
  }

  @Test
  void codeOfAFunctionThatIsGone_isUnloaded() {
    run("function f() compile() end f()");
    WeakReference<Class<?>> type = new WeakReference<>(code("f").getClass());
    assertNotNull(type.get());
    run("f = nil collectgarbage()");
    await(() -> {
      System.gc();
      return type.get() == null;
    });
  }

  private JitCode code(String name) {
    return ((LuaClosure) lua.globals().get(name)).p.jit;
  }
}
