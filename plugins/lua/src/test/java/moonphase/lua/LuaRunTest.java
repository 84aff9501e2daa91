package moonphase.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LuaRunTest {
  private final FakeWorld world = new FakeWorld();

  @Test
  void scriptThatEnds_isOver() {
    world.start("ngx.out('a')");
    assertEquals(List.of("a"), world.out);
    assertEquals(1, world.over);
  }

  @Test
  void waitingScript_goesOnWhenWoken() {
    world.start("ngx.out(ngx.await(), ngx.await())");
    assertEquals(0, world.over);
    world.wake("x");
    assertEquals(0, world.over);
    world.wake("y");
    assertEquals(List.of("x y"), world.out);
    assertEquals(1, world.over);
  }

  @Test
  void resultThatIsThere_isNotWaitedFor() {
    world.start("ngx.out(ngx.now('at once'))");
    assertEquals(List.of("at once"), world.out);
  }

  @Test
  void spawnedThread_runsUntilItWaits() {
    world.start(
        """
        ngx.out('a')
        ngx.spawn(function (x) ngx.out('b' .. x) ngx.out(ngx.await()) end, 1)
        ngx.out('c')
        """);
    assertEquals(List.of("a", "b1", "c"), world.out);
    assertEquals(0, world.over);
    world.wake("d");
    assertEquals(List.of("a", "b1", "c", "d"), world.out);
    assertEquals(1, world.over);
  }

  @Test
  void joinedThread_givesItsResults() {
    world.start(
        """
        local t = ngx.spawn(function () return 'r', ngx.await() end)
        ngx.out(ngx.join(t))
        """);
    world.wake("s");
    assertEquals(List.of("true r s"), world.out);
    assertEquals(1, world.over);
  }

  @Test
  void joinedThreadThatHasEnded_givesItsResults() {
    world.start("local t = ngx.spawn(function () return 'r' end) ngx.out(ngx.join(t))");
    assertEquals(List.of("true r"), world.out);
  }

  @Test
  void failedThread_isOneLineAndAnAnswer() {
    world.start(
        """
        local t = ngx.spawn(function () local a = nil + 1 end)
        local ok, err = ngx.join(t)
        ngx.out(ok, err)
        """);
    assertEquals(1, world.lines.size());
    assertTrue(
        world.lines.get(0).startsWith("[error] lua user thread aborted: runtime error: test:1:"),
        world.lines::toString);
    assertTrue(world.out.get(0).startsWith("false test:1: attempt to perform arithmetic"));
    assertEquals(1, world.over);
  }

  @Test
  void failedEntryThread_endsTheOthers() {
    world.start("ngx.spawn(function () ngx.await() end) local a = nil + 1");
    assertEquals(1, world.over);
    assertTrue(world.waits.get(0).isOver());
    assertTrue(world.lines.get(0).contains("\nstack traceback:\ncoroutine 0:\n\ttest:1:"));
  }

  @Test
  void errorInWrappedCoroutine_passesUnchangedWithItsStacks() {
    world.start(
        """
        local inner = coroutine.wrap(function () error('e') end)
        local outer = coroutine.wrap(function () inner() end)
        outer()
        """);
    assertEquals(1, world.lines.size());
    String line = world.lines.get(0);
    assertTrue(
        line.startsWith("[error] lua entry thread aborted: runtime error: test:1: e\nstack"), line);
    assertTrue(line.contains("\ncoroutine 0:\n\t[C]: in function 'error'\n\ttest:1: in"), line);
    assertTrue(line.contains("\ncoroutine 1:\n\t[C]: in function 'inner'\n\ttest:2: in"), line);
    assertTrue(line.contains("\ncoroutine 2:\n\t[C]: in function 'outer'\n\ttest:3: in"), line);
  }

  @Test
  void wrappedCoroutineThatEnded_cannotBeResumed() {
    world.start(
        """
        local f = coroutine.wrap(function () coroutine.yield(1) end)
        ngx.out(f()) ngx.out(f()) ngx.out(pcall(f))
        """);
    assertEquals("false cannot resume dead coroutine", world.out.getLast());
  }

  @Test
  void exit_endsEveryThread() {
    world.start(
        """
        ngx.spawn(function () ngx.await() ngx.out('never') end)
        ngx.spawn(function () ngx.exit(3) ngx.out('never') end)
        ngx.out('never')
        """);
    assertEquals(1, world.over);
    assertTrue(world.waits.get(0).isOver());
    assertEquals(List.of(), world.out);
  }

  @Test
  void killedThread_isCalledOff() {
    world.start(
        """
        local t = ngx.spawn(function () ngx.await() ngx.out('never') end)
        ngx.kill(t)
        ngx.out('on')
        """);
    assertEquals(List.of("on"), world.out);
    assertEquals(1, world.over);
    assertTrue(world.waits.get(0).isOver());
  }

  @Test
  void passingThreads_taketurns() {
    world.start(
        """
        ngx.spawn(function () ngx.await() ngx.out('b1') ngx.pass() ngx.out('b2') end)
        ngx.spawn(function () ngx.await() ngx.out('c1') ngx.pass() ngx.out('c2') end)
        """);
    world.wake("");
    assertFalse(world.out.contains("c1"));
    world.wake("");
    assertEquals(List.of("b1", "b2", "c1", "c2"), world.out);
  }

  @Test
  void functionOfAnotherGroup_isRefused() {
    world.start("ngx.say('x')");
    assertTrue(
        world.lines.get(0).contains("API disabled in the context of ngx.timer"),
        world.lines::toString);
  }

  @Test
  void newGlobal_isWarnedOf() {
    world.start("x = 1");
    assertTrue(
        world.lines.get(0).startsWith("[warn] [lua] _G write guard:12: __newindex(): writing a"),
        world.lines::toString);
    assertTrue(world.lines.get(0).contains("('x')"));
    assertTrue(world.lines.get(0).endsWith("\nstack traceback:\n\ttest:1: in main chunk"));
  }

  @Test
  void closedVm_finalizesWhatIsLeft() {
    world.start("p = newproxy(true) getmetatable(p).__gc = function () ngx.out('gone') end");
    assertEquals(List.of(), world.out);
    world.vm.close();
    assertEquals(List.of("gone"), world.out);
  }

  @Test
  void failingWorkerScript_isOneLine() {
    LuaScript script =
        new LuaScript("local a = nil + 1", "=w", "w", java.util.Optional.empty(), "/prefix/");
    world.runtime.call(world.vm, LuaContext.INIT_WORKER, script);
    assertEquals(1, world.lines.size());
    assertTrue(
        world.lines.get(0).startsWith("[error] init_worker_by_lua error: w:1: attempt to"),
        world.lines::toString);
  }
}
