package moonphase.luaj.lib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/**
 * A file of chunks and the answers of the target.
 *
 * <p>{@code >} begins a chunk, {@code <} its answer, {@code ~} what we answer on purpose instead,
 * with the reason in the line {@code !}. All chunks of a file run in one VM, in their order, as
 * they did in the target.
 */
final class CaseFile {
  private record Case(String source, String answer) {}

  private CaseFile() {}

  /** Returns a test for each chunk of the resource {@code NAME.cases}. */
  static Stream<DynamicTest> tests(String name, Path directory) throws IOException {
    Globals vm = new Globals();
    Libraries.open(vm);
    return read(name).stream()
        .map(c ->
            DynamicTest.dynamicTest(
                c.source,
                () -> assertEquals(c.answer, answer(vm, c.source, directory.toString()))));
  }

  private static List<Case> read(String name) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = CaseFile.class.getResourceAsStream(name + ".cases")) {
      String source = "";
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String text = line.length() > 2 ? unescape(line.substring(2)) : "";
        switch (line.isEmpty() ? '#' : line.charAt(0)) {
          case '>' -> source = text;
          case '<' -> cases.add(new Case(source, text));
          case '~' -> cases.set(cases.size() - 1, new Case(source, text));
          default -> {}
        }
      }
    }
    return cases;
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else if (text.charAt(i + 1) == 'n') {
        out.append('\n');
        i++;
      } else if (text.charAt(i + 1) == '\\') {
        out.append('\\');
        i++;
      } else {
        out.append((char) Integer.parseInt(text.substring(i + 1, i + 4)));
        i += 3;
      }
    }
    return out.toString();
  }

  private static String answer(Globals vm, String source, String directory) {
    Globals before = Globals.enter(vm);
    try {
      String text = run(vm, source.replace("@TMP@", directory));
      return text.replaceAll("0x[0-9a-fA-F]+", "ADDR")
          .replaceAll("\n\t\\[C\\]: at ADDR$", "")
          .replace(directory, "@TMP@");
    } finally {
      Globals.enter(before);
      vm.nilMetatable = vm.numberMetatable = vm.booleanMetatable = vm.functionMetatable = null;
    }
  }

  private static String run(Globals vm, String source) {
    LuaFunction chunk;
    try {
      chunk = vm.load(LuaString.latin1(source), "=c", vm);
    } catch (LuaError e) {
      return "false ; COMPILE: " + e.getMessageObject().strvalue().toLatin1();
    }
    Varargs results = vm.running.callFunction(vm.get("pcall"), chunk);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= results.narg(); i++) {
      text.append(i > 1 ? " ; " : "").append(TextOf.string(results.arg(i)).toLatin1());
    }
    return text.toString();
  }
}
