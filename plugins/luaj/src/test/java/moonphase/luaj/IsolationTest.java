package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Two VMs, on two threads and in turn on one: what one does the other never sees. */
class IsolationTest {
  private static final String CHANGE =
      """
      local mark = ...
      function string.who() return mark end
      getmetatable('').__call = function(s, x) return mark .. s .. x end
      for _, sample in ipairs {0, true, print, coroutine.create(print)} do
        debug.setmetatable(sample, {__index = function(_, k) return mark .. k end})
      end
      debug.setmetatable(nil, {__index = function(_, k) return mark .. k end})
      math.mark, _G.mark, package.loaded.mark = mark, mark, mark
      math.randomseed(#mark)
      """;

  private static final String LOOK =
      """
      local answers = {('x'):who(), ('s')('t'), (0).a, (true).b, print.c, coroutine.create(print).d,
        (nil).e, math.mark, mark, package.loaded.mark}
      for i = 1, 5 do answers[#answers + 1] = math.random(1000) end
      return table.concat(answers, ' ')
      """;

  private static LuaState changed(String mark) {
    LuaState lua = new LuaState().openLibraries();
    lua.set("argument", org.luaj.vm2.LuaString.valueOf(mark));
    run(lua, "assert(loadstring([==[" + CHANGE + "]==]))(argument)");
    return lua;
  }

  private static String run(LuaState lua, String source) {
    LuaState.Result result = lua.run(source, "=t");
    assertTrue(result.succeeded(), result::message);
    return result.values().arg1().isnil() ? "nil" : result.values().arg1().tojstring();
  }

  private static String[] alone(String mark, int looks) {
    LuaState lua = changed(mark);
    String[] answers = new String[looks];
    for (int i = 0; i < looks; i++) {
      answers[i] = run(lua, LOOK);
    }
    return answers;
  }

  @Test
  void changesOfOneMachine_areThereInItAlone() {
    assertEquals("a ast aa ab ac ad ae a a a", alone("a", 1)[0].replaceAll("( \\d+)+$", ""));
    LuaState untouched = new LuaState().openLibraries();
    changed("a");
    assertEquals("nil", run(untouched, "return ('x').who"));
    assertEquals("false", run(untouched, "return (pcall(function() return (0).a end))"));
    assertEquals("false", run(untouched, "return (pcall(function() return ('s')('t') end))"));
  }

  @Test
  void twoMachinesInTurnOnOneThread_answerAsAlone() {
    String[] first = alone("a", 50);
    String[] second = alone("bb", 50);
    LuaState a = changed("a");
    LuaState b = changed("bb");
    for (int i = 0; i < 50; i++) {
      assertEquals(first[i], run(a, LOOK));
      assertEquals(second[i], run(b, LOOK));
    }
  }

  @Test
  void twoMachinesOnTwoThreadsInStep_answerAsAlone() throws Exception {
    CyclicBarrier step = new CyclicBarrier(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<String[]> a = threads.submit(() -> inStep("a", step));
      Future<String[]> b = threads.submit(() -> inStep("bb", step));
      assertEquals(String.join("\n", alone("a", 200)), String.join("\n", a.get()));
      assertEquals(String.join("\n", alone("bb", 200)), String.join("\n", b.get()));
    }
  }

  private static String[] inStep(String mark, CyclicBarrier step) throws Exception {
    LuaState lua = changed(mark);
    String[] answers = new String[200];
    for (int i = 0; i < answers.length; i++) {
      step.await();
      answers[i] = run(lua, LOOK);
    }
    return answers;
  }
}
