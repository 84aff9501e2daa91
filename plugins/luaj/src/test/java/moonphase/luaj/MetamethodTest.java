package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** Metamethods in Java: their errors have the position of the Lua code that caused the call. */
class MetamethodTest {
  private final LuaState lua = new LuaState().openLibraries();

  @BeforeEach
  void objectWithMetamethodsInJava() {
    lua.set(
        "fail",
        args -> {
          throw new LuaError("no");
        });
    lua.set("number", args -> LuaValue.valueOf(args.checkint(2)));
    lua.set("level", args -> LuaValue.valueOf(lua.globals().running.level(1).currentLine()));
    lua.run("t = setmetatable({}, {__index = fail, __newindex = fail, __add = fail})", "=setup");
    lua.run("u = setmetatable({}, {__index = number, __concat = level, __lt = fail})", "=setup");
  }

  @Test
  void indexThatFails_namesTheLine() {
    assertEquals("chunk:2: no", error("\nlocal x = t.y"));
    assertEquals("chunk:1: no", error("t.y = 1"));
    assertEquals("chunk:1: no", error("local x = t + 1"));
    assertEquals("chunk:1: no", error("return u < u"));
  }

  @Test
  void wrongArgument_namesTheMetamethod() {
    assertEquals(
        "chunk:1: bad argument #2 to '__index' (number expected, got string)", error("return u.y"));
  }

  @Test
  void levelOne_isTheLuaFunction() {
    assertEquals("3", lua.run("\n\nreturn u .. 'x'", "=chunk").values().tojstring(1));
  }

  private String error(String source) {
    return lua.run(source, "=chunk").message();
  }
}
