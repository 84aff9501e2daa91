package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.ScriptStopped;

/** What scripts try that want to stop, fill or leave their VM, and how each ends. */
class RobustnessTest {
  private final LuaState lua = new LuaState().openLibraries();

  private String run(String source) {
    LuaState.Result r = lua.run(source, "=t");
    StringJoiner text = new StringJoiner(",");
    for (int i = 1; i <= r.values().narg(); i++) {
      text.add(r.values().arg(i).tojstring());
    }
    return r.succeeded() ? text.toString() : r.message();
  }

  private void assertStopped(String source) {
    assertThrows(ScriptStopped.class, () -> run(source), source);
    lua.globals().budget.lift();
    assertEquals("3", run("return 1 + 2"));
  }

  // Loops: where a script could stay for ever, in Lua and in a function of Java.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while true do end",
        "repeat until false",
        "for i = 1, math.huge do end",
        "goto a ::a:: goto a",
        "for k in function() return 1 end do end",
        "local function f() return f() end f()",
        "while true do pcall(function() while true do end end) end",
        "while true do xpcall(error, function() while true do end end) end",
        "while true do pcall(error) end",
        "coroutine.wrap(function() while true do end end)()",
        "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
        "local t = {} for i = 1, 100 do t[i] = i end"
            + " table.sort(t, function(a, b) while true do end end)",
        "('x'):gsub('x', function() while true do end end)",
        "while true do pcall(string.gsub, 'x', 'x', function() error() end) end",
        "load(function() while true do end end)",
        "load('while true do end', 'x', 't', {})()",
        "load('pcall = nil while true do end', 'x', 't', setmetatable({}, {__index = _G}))()",
        "setmetatable({}, {__index = function() while true do end end}).x = nil"
            + " local y = setmetatable({}, {__index = function() while true do end end}).x",
        "tostring(setmetatable({}, {__tostring = function() while true do end end}))",
        "debug.sethook() while true do end",
        "table.foreach({1}, function() while true do end end)",
        "string.format('%s', setmetatable({}, {__tostring = function() while true do end end}))",
      })
  void endlessLoop_usesUpItsStepsInsideWhateverCatchesErrors(String source) {
    lua.globals().budget.limitSteps(50_000);
    assertStopped(source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local s = ('x'):rep(2e6) while true do s:upper() end",
        "local s = ('x'):rep(2e6) while true do s:reverse() end",
        "local s = ('x'):rep(2e6) while true do local t = s .. 'y' end",
        "local s = ('x'):rep(2e6) while true do s:find('y', 1, true) end",
        "local s = ('x'):rep(2e6) while true do s:gsub('y', '') end",
        "local s = ('x'):rep(2e6) while true do s:format() end",
        "local s = ('x'):rep(2e6) while true do local a = {s, s} table.concat(a) end",
        "while true do ('x'):rep(2e6) end",
        "local t = {} for i = 1, 1e5 do t[i] = '' end while true do table.concat(t) end",
        "local t = {} for i = 1, 1e5 do t[i] = i end while true do table.remove(t, 1) end",
        "local t = {} for i = 1, 1e5 do t[i] = i end while true do table.insert(t, 1, 0) end",
        "while true do table.move({}, 1, 1e9, 1) end",
      })
  void loopOfLongWork_isStoppedByCpuTimeWithoutDelay(String source) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          lua.globals().budget.limitCpuNanos(TimeUnit.MILLISECONDS.toNanos(100));
          assertThrows(ScriptStopped.class, () -> run(source));
        });
  }

  // Recursion.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local function f() return 1 + f() end f()",
        "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k] end"
            + " return t.x",
        "local t = setmetatable({}, {}) getmetatable(t).__tostring = function(t) return tostring(t)"
            + " end return tostring(t)",
        "local t = setmetatable({}, {}) getmetatable(t).__eq = function(a, b) return a == b end"
            + " return t == setmetatable({}, getmetatable(t))",
        "local t = setmetatable({}, {}) getmetatable(t).__call = function(t) return t() + 1 end"
            + " return t()",
        "local function f() return coroutine.wrap(f)() end f()",
        "local function f(s) return (s:gsub('.', f)) end f('x')",
        "local function f(a, b) table.sort({1, 2}, f) end f()",
        "local s = 'return 1' local function f() return load(f) end f() error('stack overflow')",
      })
  void recursionWithoutEnd_isAnErrorThatPcallCatches(String source) {
    lua.set("source", LuaString.valueOf(source));
    String answer = run("local ok, e = pcall(loadstring(source)) return ok, tostring(e)");
    assertTrue(answer.startsWith("false,"), answer);
    assertTrue(answer.contains("stack overflow"), answer);
    assertEquals("3", run("return 1 + 2"));
  }

  // Bombs.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "('x'):rep(1e9)",
        "('x'):rep(2^31 - 1)",
        "('xy'):rep(2^30, ('z'):rep(100))",
        "local s = 'x' while true do s = s .. s end",
        "local t = {} for i = 1, 100 do t[i] = ('x'):rep(1e5) end table.concat(t)",
        "('x'):rep(1e5):gsub('x', ('y'):rep(100))",
        "('%99.99f'):rep(1e5):format(0)",
        "local b = require('string.buffer').new() while true do b:put(('x'):rep(1e5)) end",
      })
  void stringBomb_isNotEnoughMemoryBeforeItIsMade(String source) {
    lua.globals().setMaxStringLength(1 << 20);
    lua.set("source", LuaString.valueOf(source));
    String answer = run("local ok, e = pcall(loadstring(source)) return ok, e");
    assertTrue(answer.startsWith("false,"), answer);
    boolean refused = answer.contains("not enough memory") || answer.contains("overflow");
    assertTrue(refused || answer.contains("bad argument #2 to 'format'"), answer);
  }

  @Test
  void stringOverJavasArrays_isAnErrorAtOnce() {
    assertEquals(
        "false,string length overflow", run("return pcall(string.rep, 'xxxxxxxxxx', 2e9)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local t = {} while true do t[#t + 1] = {} end",
        "local t = {} for i = 1, math.huge do t[i] = 'x' .. i end",
        "local t = {} while true do t = {t} end",
        "local s = {} while true do pcall(function() while true do s[#s + 1] = {1, 2, 3} end end)"
            + " end",
        "local t = {} while true do t[#t + 1] = coroutine.create(print) end",
        "local t = {} for i = 1, math.huge do t[i] = ('x'):rep(1e6) end",
      })
  void tableBomb_usesUpItsMemory(String source) {
    lua.globals().budget.limitAllocation(40 << 20);
    assertStopped(source);
  }

  // Patterns.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "('a?'):rep(30) .. ('a'):rep(30) local s = ('a'):rep(29) return s:find(p)",
        "'.-.-.-.-.-.-.-b' return ('a'):rep(300):find(p)",
        "'.*.*.*.*.*.*.*b' return ('a'):rep(300):match(p)",
        "'(.-)(.-)(.-)(.-)(.-)(.-)b' for w in ('a'):rep(300):gmatch(p) do end",
        "'%s+ $' return ((' '):rep(2e5) .. 'x'):find(p)",
        "'%s+ $' return ((' '):rep(2e5) .. 'x'):gsub(p, '')",
        "'%b()' return ('('):rep(2e5):gsub(p, '')",
      })
  void patternOfExponentialOrQuadraticCost_usesUpItsSteps(String rest) {
    lua.globals().budget.limitSteps(300_000);
    assertStopped("local p = " + rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"('a?'):rep(300000)", "('('):rep(300000)", "('(a)'):rep(33)", "('a-'):rep(1e5)"})
  void longPattern_isAnErrorAndNoStackOverflow(String pattern) {
    String answer = run("return pcall(string.find, ('a'):rep(1000), " + pattern + ")");
    assertTrue(
        answer.equals("false,pattern too complex") || answer.equals("false,too many captures"),
        answer);
  }

  @Test
  void patternOf300000Bytes_matchesOrFailsWithoutRecursion() {
    assertEquals("1,150000", run("return ('a'):rep(150000):find(('.'):rep(150000))"));
  }

  // The parser.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'return ' .. ('('):rep(1e5) .. '1' .. (')'):rep(1e5)",
        "'return ' .. ('{'):rep(1e5) .. ('}'):rep(1e5)",
        "'return ' .. ('-'):rep(1e5, ' ') .. ' 1'",
        "'return ' .. ('not '):rep(1e5) .. '1'",
        "'return ' .. ('1 .. '):rep(1e5) .. '1'",
        "'return ' .. ('1 ^ '):rep(1e5) .. '1'",
        "('if 1 then '):rep(1e5) .. ('end '):rep(1e5)",
        "('do '):rep(1e5) .. ('end '):rep(1e5)",
        "('return function() '):rep(1e5) .. ('end '):rep(1e5)",
        "'return ' .. ('f('):rep(1e5) .. (')'):rep(1e5)",
        "('while 1 do '):rep(1e5) .. ('end '):rep(1e5)",
      })
  void nestingBomb_isASyntaxError(String chunk) {
    String answer = run("return load(" + chunk + ")");
    assertTrue(answer.startsWith("nil,"), answer);
    assertEquals("3", run("return 1 + 2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'return {' .. ('1,'):rep(1e6) .. '}'",
        "('local a = 1 '):rep(1e4)",
        "('a = 1 '):rep(2e5)",
        "'return 1' .. (' + 1'):rep(1e5)",
        "'return f' .. ('.x'):rep(1e5)",
        "'return f' .. ('()'):rep(1e5)",
        "'if 1 then ' .. ('elseif 1 then '):rep(1e4) .. 'end'",
        "'return \"' .. ('\\\\n'):rep(1e6) .. '\"'",
        "'--[' .. ('='):rep(1e6) .. '['",
      })
  void longChunk_isCompiledOrASyntaxError(String chunk) {
    String answer = run("local f, e = load(" + chunk + ") return f and 'compiled' or e");
    boolean refused = answer.contains(":") || answer.equals("stack overflow");
    assertTrue(answer.equals("compiled") || refused, answer);
    assertEquals("3", run("return 1 + 2"));
  }

  // Many values.

  @Test
  void unpackOfMillions_isTooManyResults() {
    assertEquals(
        "false,too many results to unpack,false,too many results to unpack",
        run(
            "local a, b = pcall(unpack, {}, 1, 1e8) local c, d = pcall(table.unpack, {}, -2^31,"
                + " 2^31 - 1) return a, b, c, d"));
    assertEquals(
        "false,string slice too long", run("return pcall(string.byte, ('x'):rep(1e6), 1, -1)"));
  }

  // Hash flooding.

  @Test
  void keysAlikeInLengthEndsAndSamples_spread() {
    // the keys that collide where a hash takes every third byte of 96: they differ in one between
    String prepared =
        "local function keys(make) local t = {} for i = 1, 20000 do t[make(i)] = i end return t end"
            + " local a = ('a'):rep(40) keys(function(i) return a .. ('%05d'):format(i) .. a end)"
            + " keys(function(i) return ('\\0'):rep(i % 200) .. ('%08x'):format(i) end)"
            + " return 'done'";
    lua.globals().budget.limitCpuNanos(TimeUnit.SECONDS.toNanos(20));
    assertEquals("done", run(prepared));
  }

  @Test
  void hashOfStrings_coversAllBytes() {
    byte[] bytes = new byte[200];
    int before = LuaString.valueOf(bytes).hashCode();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = 1;
      assertTrue(LuaString.valueOf(bytes).hashCode() != before, "byte " + i);
      bytes[i] = 0;
    }
  }

  @Test
  void hashOfStrings_isSeededAnewInEachProcess() throws Exception {
    String[] hashes = new String[2];
    for (int i = 0; i < 2; i++) {
      Process p =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  PrintHash.class.getName())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      hashes[i] = new String(p.getInputStream().readAllBytes());
      assertEquals(0, p.waitFor());
    }
    assertTrue(!hashes[0].equals(hashes[1]), hashes[0]);
  }

  /** Prints the hash of a string; run in a process of its own. */
  static final class PrintHash {
    public static void main(String[] args) {
      System.out.print(LuaString.valueOf("a string").hashCode());
    }
  }

  // Ways out.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "require 'luajava'",
        "require 'org.luaj.vm2.lib.jse.LuajavaLib'",
        "require 'org.luaj.vm2.lib.jse.JsePlatform'",
        "require 'java.lang.System'",
        "require 'moonphase.luaj.lib.OsLibrary'",
        "package.loadlib('libc.so.6', 'system')",
        "luajava.bindClass('java.lang.System')",
        "require 'ffi'",
      })
  void javaAndNativeCode_areOutOfReach(String source) {
    lua.set("source", LuaString.valueOf(source));
    String answer = run("local ok, r = pcall(loadstring(source)) return ok and r");
    assertTrue(answer.equals("false") || answer.equals("nil"), answer);
  }

  @Test
  void searchers_areThoseOfLuaAlone() {
    assertEquals(
        "true",
        run("for _, s in ipairs(package.searchers) do s('java.lang.String') end return true"));
    assertEquals("nil,nil", run("return luajava, package.searchers[5]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\27Lua\\81\\0\\1\\4", "\\27LJ\\2\\0", "\\27", "\\27Lua"})
  void bytecode_isRefusedWhateverTheMode(String bytes) {
    String chunk = "\"" + bytes + "\"";
    for (String load :
        new String[] {
          "load(" + chunk + ")",
          "load(" + chunk + ", 'x', 'b')",
          "load(" + chunk + ", 'x', 'bt')",
          "loadstring(" + chunk + ")",
          "load((function() local done return function() if not done then done = true return "
              + chunk
              + " end end end)())",
        }) {
      String answer = run("return " + load);
      assertTrue(answer.startsWith("nil,"), load + ": " + answer);
    }
  }

  // Memory that small things hold.

  @Test
  void pieceOfLongString_keepsAtMostTwiceItsLength() {
    LuaString whole = LuaString.valueOf(new byte[1 << 20]);
    for (int length = 1; length < whole.m_length; length = length * 3 + 7) {
      LuaString piece = whole.substring(5, Math.min(5 + length, whole.m_length));
      assertTrue(piece.m_bytes.length <= Math.max(piece.m_length * 2, 64), "length " + length);
    }
  }

  @Test
  void errorObjects_passThroughAllThatCatch() {
    assertEquals(
        "true",
        run(
            "local e = {} local _, a = pcall(error, e) local _, b = coroutine.resume("
                + "coroutine.create(error), e) return a == e and b == e"));
    LuaValue error = lua.run("error({code = 7})", "=t").error();
    assertEquals(7, error.get("code").toint());
  }
}
