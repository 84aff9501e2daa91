package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.ScriptStopped;

class HookTest {
  @Test
  void events_areTheTargets() throws IOException {
    LuaState lua = new LuaState().openLibraries();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    lua.globals().STDOUT = new PrintStream(out, true, StandardCharsets.ISO_8859_1);

    LuaState.Result result = lua.run(resource("hooks.lua"), "@hooks.lua");

    lua.globals().STDOUT.flush();
    assertEquals("", result.message());
    assertEquals(resource("hooks.txt"), out.toString(StandardCharsets.ISO_8859_1));
  }

  @Test
  void countOfInstructions_isThatOfTheLoop() {
    LuaState lua = new LuaState().openLibraries();

    String events =
        lua.run(
                """
                local n = 0
                debug.sethook(function() n = n + 1 end, "", 1)
                n = 0
                for i = 1, 1000 do end
                debug.sethook()
                return n
                """,
                "=count")
            .values()
            .tojstring(1);

    int count = Integer.parseInt(events);
    assertTrue(count > 1000 && count < 1012, events);
  }

  @Test
  void largeCount_comesAboutAsOften() {
    LuaState lua = new LuaState().openLibraries();

    String events =
        lua.run(
                """
                local n, x = 0, 0
                debug.sethook(function() n = n + 1 end, "", 10000)
                for i = 1, 1000000 do x = x + i * 2 % 3 end
                debug.sethook()
                return n
                """,
                "=count")
            .values()
            .tojstring(1);

    int count = Integer.parseInt(events);
    assertTrue(count > 200 && count < 1000, events);
  }

  @Test
  void hook_isOfOneVmOnly() {
    LuaState hooked = new LuaState().openLibraries();
    LuaState other = new LuaState().openLibraries();
    hooked.run("n = 0 debug.sethook(function() n = n + 1 end, 'l')", "=a");

    LuaState.Result result = other.run("local x = 1\nreturn debug.gethook()", "=b");

    assertTrue(result.values().isnil(1));
    hooked.run("local x = 1\nx = 2", "=c");
    assertEquals("2", hooked.get("n").tojstring());
  }

  @Test
  void steps_areStillCountedUnderAHook() {
    LuaState lua = new LuaState().openLibraries();
    lua.globals().budget.limitSteps(100_000);

    assertThrows(
        ScriptStopped.class,
        () -> lua.run("debug.sethook(function() end, 'crl') while true do end", "=loop"));
  }

  @Test
  void stringFunctions_endUnderAHook() {
    LuaState lua = new LuaState().openLibraries();

    LuaState.Result result =
        lua.run(
            """
            debug.sethook(function() end, 'crl')
            local s = ('a'):rep(20000)
            local n = select(2, s:gsub('a', 'b'))
            debug.sethook()
            return n
            """,
            "=steps");

    assertEquals("20000", result.values().tojstring(1));
  }

  @Test
  void recursion_isTracedLineByLine() {
    LuaState lua = new LuaState().openLibraries();

    LuaState.Result result =
        lua.run(
            """
            local lines = {}
            local function f(t, k)
              return k > 0 and t[k - 1] or k
            end
            local t = setmetatable({}, {__index = f})
            debug.sethook(function(e, l) lines[#lines + 1] = l end, 'l')
            local x = t[3]
            debug.sethook()
            return table.concat(lines, ' ')
            """,
            "=r");

    assertEquals("7 3 3 3 3 3 3 3 8", result.values().tojstring(1));
    assertFalse(lua.run("return debug.gethook()", "=g").values().toboolean(1));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HookTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
