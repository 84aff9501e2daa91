package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

/** {@code __gc} of newproxy's userdata; what is expected is what the target answers. */
class FinalizersTest {
  private static final String PRELUDE =
      """
      log = {}
      function proxy(n, f)
        local p = newproxy(true)
        getmetatable(p).__gc = f or function() log[#log + 1] = n end
        return p
      end
      """;

  private final LuaState lua = new LuaState().openLibraries();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void prelude() {
    lua.globals().STDERR = new PrintStream(errors, true, StandardCharsets.ISO_8859_1);
    lua.run(PRELUDE, "=prelude");
  }

  @Test
  void unreachableUserdata_areFinalizedLatestFirst() {
    assertEquals("3 2 1", log("proxy(1) proxy(2) proxy(3) collectgarbage()"));
  }

  @Test
  void finalizer_runsOnTheThreadOfTheVm() {
    Thread[] seen = new Thread[1];
    lua.set(
        "look",
        args -> {
          seen[0] = Thread.currentThread();
          return LuaValue.NONE;
        });
    lua.run("proxy(1, function() look() end) collectgarbage()", "=c");
    assertSame(Thread.currentThread(), seen[0]);
  }

  @Test
  void tableThatItsOwnProxyLeadsTo_isFinalized() {
    assertEquals(
        "table",
        log(
            """
            do
              local t = {name = "table"}
              t[proxy(0, function() log[#log + 1] = t.name end)] = true
            end
            collectgarbage()
            """));
  }

  @Test
  void resurrectedUserdata_isTheSameAndFinalizedOnce() {
    assertEquals(
        "r true",
        log(
            """
            local id
            do
              local p = proxy(0, function(o) log[#log + 1] = "r" kept = o end)
              id = tostring(p)
            end
            collectgarbage()
            log[2] = tostring(tostring(kept) == id)
            kept = nil
            collectgarbage()
            collectgarbage()
            """));
  }

  @Test
  void weakKey_isThereUntilTheFinalizerHasRun() {
    assertEquals(
        "key nil nil",
        log(
            """
            keys, values = setmetatable({}, {__mode = "k"}), setmetatable({}, {__mode = "v"})
            do
              local p = proxy(0, function(o) log[1], log[2] = keys[o], tostring(values[1]) end)
              keys[p], values[1] = "key", p
            end
            collectgarbage()
            collectgarbage()
            log[3] = tostring(next(keys))
            """));
  }

  @Test
  void failingFinalizer_isALineOnStandardError() {
    assertEquals(
        "ok",
        log("proxy(0, function() error('boo') end) proxy('ok') assert(pcall(collectgarbage))"));
    assertEquals("ERROR in finalizer: c:1: boo\n", errors.toString(StandardCharsets.ISO_8859_1));
  }

  @Test
  void allocation_leadsToFinalizersWithoutAskingForThem() {
    assertEquals(
        "auto",
        log(
            """
            proxy("auto")
            local n = 0
            while #log == 0 and n < 1e8 do
              n = n + 1
              local t = {n, {n}}
            end
            """));
  }

  @Test
  void closing_finalizesWhatIsLeft() {
    lua.run(
        "a, b = proxy('a'), proxy('b', function() log[#log + 1] = 'b' proxy('late') end)", "=c");
    lua.close();
    assertEquals("b a late", log(""));
    lua.close();
    assertEquals("b a late", log(""));
  }

  private String log(String source) {
    assertEquals("", lua.run(source, "=c").message());
    return lua.run("return table.concat(log, ' ')", "=log").values().tojstring(1);
  }
}
