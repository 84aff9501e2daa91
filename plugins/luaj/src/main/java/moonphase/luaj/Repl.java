package moonphase.luaj;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The interactive interpreter: reads, loads, calls, prints, and goes on.
 *
 * <p>A chunk that ends too early is continued on the next line; {@code = e} prints an expression.
 * Line editing and history are the JDK's where the input is a terminal.
 */
final class Repl {
  private static final String INCOMPLETE = "near '<eof>'";

  private final LuaState lua;
  private final Console console;

  Repl(LuaState lua) {
    this.lua = lua;
    if (System.getProperty("jdk.console") == null) {
      System.setProperty("jdk.console", "jdk.internal.le"); // the provider that edits lines
    }
    Console found = System.console();
    console = found != null && found.isTerminal() ? found : null;
  }

  void run(boolean banner) {
    if (banner) {
      System.out.println(Main.VERSION);
    }
    for (LuaFunction chunk = read(); chunk != null; chunk = read()) {
      LuaState.Result result = lua.pcall(chunk);
      if (!result.succeeded()) {
        report(result);
      } else if (result.values().narg() > 0) {
        print(result.values());
      }
    }
    System.out.println();
  }

  private void print(Varargs values) {
    LuaValue[] list = new LuaValue[values.narg()];
    values.copyTo(list, 0, list.length);
    LuaState.Result result = lua.pcall(lua.get("print"), list);
    if (!result.succeeded()) {
      System.err.println("error calling 'print' (" + result.message() + ")");
    }
  }

  private static void report(LuaState.Result result) {
    System.out.flush();
    System.err.println(result.message());
    if (result.traceback() != null) {
      System.err.println(result.traceback());
    }
  }

  /** Reads a chunk of one line or more; null at the end of input. */
  private LuaFunction read() {
    for (; ; ) {
      String text = line(prompt("_PROMPT", "> "));
      if (text == null) {
        return null;
      }
      if (text.startsWith("=")) {
        text = "return " + text.substring(1);
      }
      LuaFunction chunk = complete(text);
      if (chunk != null) {
        return chunk;
      }
    }
  }

  /** Loads a text with as many more lines as it needs; null after a syntax error. */
  private LuaFunction complete(String first) {
    String text = first;
    for (; ; ) {
      try {
        return lua.load(text, "=stdin");
      } catch (LuaError e) {
        String next = e.getMessage().endsWith(INCOMPLETE) ? line(prompt("_PROMPT2", ">> ")) : null;
        if (next == null) {
          report(new LuaState.Result(LuaValue.NONE, e.getMessageObject(), null));
          return null;
        }
        text = text + "\n" + next;
      }
    }
  }

  private String prompt(String name, String otherwise) {
    LuaValue prompt = lua.get(name);
    return prompt.isstring() ? prompt.tojstring() : otherwise;
  }

  private String line(String prompt) {
    if (console != null) {
      return console.readLine("%s", prompt);
    }
    System.out.print(prompt);
    System.out.flush();
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int c = lua.globals().STDIN.read();
      if (c < 0) {
        return null;
      }
      for (; c >= 0 && c != '\n'; c = lua.globals().STDIN.read()) {
        line.write(c);
      }
      return line.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
