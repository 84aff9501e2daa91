package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import moonphase.luaj.lib.BaseLibrary;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.ScriptStopped;

class LuaStateTest {
  private static LuaState full() {
    return new LuaState().openLibraries();
  }

  private static String run(LuaState lua, String source) {
    LuaState.Result r = lua.run(source, "=t");
    StringJoiner text = new StringJoiner(",");
    for (int i = 1; i <= r.values().narg(); i++) {
      text.add(r.values().arg(i).tojstring());
    }
    return r.succeeded() ? text.toString() : r.message();
  }

  @Test
  void freshState_hasNoLibraryNotEvenPrint() {
    LuaState lua = new LuaState();
    assertTrue(lua.get("print").isnil());
    assertEquals("3", run(lua, "return 1 + 2"));
    assertEquals("t:1: attempt to call global 'print' (a nil value)", run(lua, "print(1)"));
  }

  @Test
  void libraryOpenedAlone_bringsNoOther() {
    LuaState lua = new LuaState().open(new BaseLibrary());
    assertFalse(lua.get("pairs").isnil());
    assertTrue(lua.get("string").isnil());
  }

  @Test
  void errorInFunction_hasValueAndTraceback() {
    LuaState.Result r = full().run("local function f() error({code = 5}) end\nf()", "=t");
    assertEquals(5, r.error().get("code").toint());
    assertEquals(
        "stack traceback:\n"
            + "\t[C]: in function 'error'\n"
            + "\tt:1: in function 'f'\n"
            + "\tt:2: in main chunk",
        r.traceback());
  }

  @Test
  void syntaxError_isResultWithoutTraceback() {
    LuaState.Result r = full().run("x = = 1", "=t");
    assertEquals("t:1: unexpected symbol near '='", r.message());
    assertNull(r.traceback());
  }

  @Test
  void javaFunction_readsArgumentsAndBlamesTheCaller() {
    LuaState lua = full();
    lua.set("twice", args -> LuaValue.valueOf(args.checkint(1) * 2));
    assertEquals("42", run(lua, "return twice(21)"));
    assertEquals(
        "t:1: bad argument #1 to 'twice' (number expected, got nil)", run(lua, "twice(nil)"));
    assertEquals(
        "t:1: bad argument #1 to 'twice' (number expected, got no value)", run(lua, "twice()"));
  }

  @Test
  void twoStatesAlternatedOnOneThread_shareNothing() {
    LuaState a = full();
    LuaState b = full();
    run(a, "function string.shout(s) return s:upper() .. '!' end");
    run(a, "debug.setmetatable(0, {__index = function(n, k) return k .. n end})");
    run(a, "math.answer = 42");
    for (int i = 0; i < 3; i++) {
      assertEquals("HEY!,x7,42", run(a, "return ('hey'):shout(), (7).x, math.answer"));
      assertEquals(
          "t:1: attempt to call method 'shout' (a nil value)", run(b, "return ('hey'):shout()"));
      assertEquals("t:1: attempt to index a number value", run(b, "return (7).x"));
      assertEquals("nil", run(b, "return math.answer"));
    }
  }

  @Test
  void stateCalledFromFunctionOfAnother_keepsBothApart() {
    LuaState outer = full();
    LuaState inner = full();
    run(inner, "function string.who() return 'inner' end");
    run(outer, "function string.who() return 'outer' end");
    outer.set("ask", args -> LuaValue.valueOf(run(inner, "return ('x'):who()")));
    assertEquals("outer,inner,outer", run(outer, "return ('x'):who(), ask(), ('x'):who()"));
  }

  @Test
  void recursionOf15000_succeedsAndDeeperIsAnError() {
    LuaState lua = full();
    run(lua, "function f(n) if n == 0 then return 0 end return 1 + f(n - 1) end");
    assertEquals("15000", run(lua, "return f(15000)"));
    assertEquals("false,t:1: stack overflow", run(lua, "return pcall(f, 1e6)"));
    assertEquals("10", run(lua, "return f(10)"));
  }

  @Test
  void recursionThroughMetamethods_isAnErrorToo() {
    LuaState lua = full();
    String loop = "local t = setmetatable({}, {__index = function(t, k) return t[k] end}) ";
    assertEquals(
        "false,true",
        run(
            lua,
            loop
                + "local ok, e = pcall(function() return t.x end) "
                + "return ok, e:find('stack overflow', 1, true) ~= nil"));
    assertEquals("2", run(lua, "return 1 + 1"));
  }

  @Test
  void endlessLoopInPcall_isStoppedFromAnotherThread() throws Exception {
    LuaState lua = full();
    CountDownLatch running = new CountDownLatch(1);
    lua.set(
        "started",
        args -> {
          running.countDown();
          return LuaValue.NONE;
        });
    Thread stopper =
        Thread.ofPlatform()
            .start(() -> {
              try {
                running.await();
                lua.stop("enough");
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    ScriptStopped e =
        assertThrows(
            ScriptStopped.class,
            () -> run(lua, "started() while true do pcall(function() while true do end end) end"));
    assertEquals("enough", e.getMessage());
    stopper.join();
  }

  @Test
  void budgetOfSteps_endsLoopsPatternsAndSorts() {
    for (String source :
        new String[] {
          "while true do end",
          "local function f() return f() end f()",
          "repeat local ok = pcall(error) until false",
          "(' '):rep(1e5):find('.-.-.-.-.-b')",
          "local t = {} for i = 1, 1e5 do t[i] = i % 7 end table.sort(t, function(a, b) return a <"
              + " b end) while true do end",
          "coroutine.wrap(function() while true do end end)()",
          "for k in function() return 1 end do end",
        }) {
      LuaState lua = full();
      lua.globals().budget.limitSteps(3_000_000);
      assertThrows(ScriptStopped.class, () -> run(lua, source), source);
    }
  }

  @Test
  void budgetOfTime_endsLoop() {
    LuaState lua = full();
    lua.globals().budget.limitCpuNanos(TimeUnit.MILLISECONDS.toNanos(50));
    assertThrows(ScriptStopped.class, () -> run(lua, "while true do end"));
    lua.globals().budget.lift();
    assertEquals("1", run(lua, "return 1"));
  }

  @Test
  void stringCap_isAnErrorForConcatAndRep() {
    LuaState lua = full();
    lua.globals().setMaxStringLength(1 << 20);
    assertEquals(
        "false,not enough memory",
        run(lua, "return pcall(function() local s = 'x' while true do s = s .. s end end)"));
    assertEquals("false", run(lua, "return (pcall(string.rep, 'x', 1e7))"));
  }

  @Test
  void errorThrownByJavaFunction_passesWhereNothingCatches() {
    LuaState lua = full();
    lua.set(
        "fail",
        args -> {
          throw new LuaError(LuaValue.valueOf(7));
        });
    assertEquals("false,7", run(lua, "return pcall(fail)"));
  }
}
