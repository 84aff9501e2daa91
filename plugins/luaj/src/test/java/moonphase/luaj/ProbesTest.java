package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.luaj.vm2.Hook;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Small chunks and what LuaJIT 2.1 with LUA52COMPAT answers to them, in {@code probes.jsonl}: name,
 * source, and the results of pcall as text; "ADDR" stands for an address.
 */
class ProbesTest {
  /** Where this VM answers otherwise on purpose, and why. */
  private static final Map<String, String> DEVIATIONS =
      Map.of(
          "debug.sethook count", "the target's compiled loop calls no hook, ours does",
          "string.dump", "there is no byte code to dump, and none is loaded",
          "LL", "there are no 64 bit integers without ffi: a clear syntax error instead",
          "jit/ffi", "there is no ffi");

  private static final Pattern ADDRESS =
      Pattern.compile("builtin: 0x[0-9a-f]+|0x[0-9a-f]+|builtin#\\d+|builtin: \\S+");

  private static final Pattern FILE = Pattern.compile("\"(\\w+\\.(?:lua|txt))\"");

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> probes() throws IOException {
    return lines().map(line -> DynamicTest.dynamicTest(field(line, "name"), () -> check(line)));
  }

  /** A hook changes how code is executed; what it does may not change. */
  @TestFactory
  Stream<DynamicTest> underAHook() throws IOException {
    return lines()
        .filter(line -> !field(line, "name").startsWith("debug.sethook"))
        .map(line ->
            DynamicTest.dynamicTest(
                field(line, "name"), () -> assertEquals(answer(line, false), answer(line, true))));
  }

  private static Stream<String> lines() throws IOException {
    List<String> lines;
    try (InputStream in = ProbesTest.class.getResourceAsStream("probes.jsonl")) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    return lines.stream().filter(line -> !line.isBlank());
  }

  private static void check(String line) {
    String answer = answer(line, false);
    if (DEVIATIONS.containsKey(field(line, "name"))) {
      assertNotEquals(field(line, "expected"), answer);
    } else {
      assertEquals(field(line, "expected"), answer);
    }
  }

  private static String answer(String line, boolean hooked) {
    Matcher file = FILE.matcher(field(line, "source"));
    String source = file.replaceAll(m -> "\"" + folder.resolve(m.group(1)) + "\"");
    LuaState lua = new LuaState();
    lua.openLibraries();
    if (hooked) {
      LuaFunction nothing = lua.load("", "=nothing");
      lua.globals().hook.set(nothing, Hook.CALL | Hook.RETURN | Hook.LINE, 1);
    }
    lua.set("arg", new LuaTable());
    LuaValue chunk = lua.globals().load(LuaString.latin1(source), "=c", lua.globals());
    Varargs values = lua.pcall(lua.get("pcall"), chunk).values();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= values.narg(); i++) {
      Varargs s = lua.pcall(lua.get("tostring"), values.arg(i)).values();
      text.append(i > 1 ? " ; " : "").append(s.checkstring(1).toLatin1());
    }
    return ADDRESS.matcher(text).replaceAll("ADDR");
  }

  /** Returns a string field of a line of JSON whose values are strings. */
  private static String field(String line, String name) {
    Matcher m = Pattern.compile("\"" + name + "\": \"((?:[^\"\\\\]|\\\\.)*)\"").matcher(line);
    if (!m.find()) {
      throw new IllegalArgumentException(line);
    }
    Matcher escape = Pattern.compile("\\\\(u[0-9a-f]{4}|.)").matcher(m.group(1));
    return escape.replaceAll(e -> Matcher.quoteReplacement(unescape(e.group(1))));
  }

  private static String unescape(String escape) {
    return switch (escape.charAt(0)) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'u' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
      default -> escape;
    };
  }
}
