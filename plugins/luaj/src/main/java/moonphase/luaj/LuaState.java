package moonphase.luaj;

import moonphase.luaj.lib.IoLibrary;
import moonphase.luaj.lib.Libraries;
import moonphase.luaj.lib.Library;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * A Lua state for a Java program.
 *
 * <p>A new state has no library, not even {@code print}; they are opened one by one or all. The
 * loop a host writes first reads a line, loads it, calls it, prints the error and goes on:
 *
 * <pre>{@code
 * LuaState lua = new LuaState();
 * lua.openLibraries();
 * for (String line = in.readLine(); line != null; line = in.readLine()) {
 *   Result result = lua.run(line, "=stdin");
 *   if (!result.succeeded()) {
 *     System.err.println(result.message());
 *   }
 * }
 * }</pre>
 *
 * <p>Threads: any thread, one at a time. Calls run on the thread that makes them and block it as
 * long as the script does; {@link #stop} may come from any other thread. Deep recursion needs a
 * stack: 16 MB hold what the target holds.
 */
public final class LuaState {
  private final Globals globals = new Globals();

  /** A function in Java: arguments in, results out. Raise a LuaError for an error. */
  @FunctionalInterface
  public interface Function {
    Varargs call(Varargs args);
  }

  /**
   * How a protected call ended.
   *
   * @param values the results where it succeeded, else nothing
   * @param error the error's value where it failed, else null; nil is a possible error
   * @param traceback the stack of the error in LuaJIT's format, null where there was none
   */
  public record Result(Varargs values, LuaValue error, String traceback) {
    public boolean succeeded() {
      return error == null;
    }

    /** Returns the error as text: a string as it is, anything else by its type. */
    public String message() {
      if (error == null) {
        return "";
      }
      if (error.isstring()) {
        return error.tojstring();
      }
      LuaValue text = error.metatag(LuaValue.TOSTRING);
      return text.isnil()
          ? "(error object is a " + error.typename() + " value)"
          : text.call(error).tojstring();
    }
  }

  /** Returns the VM behind this state: globals, metatables, budget, streams. */
  public Globals globals() {
    return globals;
  }

  /** Opens all libraries. */
  public LuaState openLibraries() {
    return inside(() -> Libraries.open(globals));
  }

  /** Opens one library. */
  public LuaState open(Library library) {
    return inside(() -> library.open(globals));
  }

  /**
   * Writes what files left open by scripts still hold in their buffers: the last thing a host does
   * with a state. Blocks.
   */
  public LuaState flush() {
    return inside(() -> IoLibrary.flush(globals));
  }

  /** Runs the finalizers of what is left, then {@link #flush}es: nothing is to be run after it. */
  public void close() {
    globals.close();
    flush();
  }

  private LuaState inside(Runnable work) {
    Globals before = Globals.enter(globals);
    try {
      work.run();
    } finally {
      Globals.enter(before);
    }
    return this;
  }

  public LuaValue get(String name) {
    return globals.rawget(name);
  }

  public LuaState set(String name, LuaValue value) {
    globals.rawset(name, value);
    return this;
  }

  /** Puts a function in Java under a global name. */
  public LuaState set(String name, Function function) {
    return set(
        name,
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            return function.call(args);
          }
        });
  }

  /**
   * Compiles a chunk.
   *
   * @param source the text, taken as UTF-8
   * @param name {@code @file}, {@code =name}, or the text itself
   * @throws LuaError for a syntax error
   */
  public LuaFunction load(String source, String name) {
    return globals.load(LuaString.valueOf(source), name, globals);
  }

  /** Calls a value; an error, a stack overflow and a lack of memory are results. */
  public Result pcall(LuaValue function, LuaValue... args) {
    Globals before = Globals.enter(globals);
    try {
      Varargs values = globals.running.traced(function, LuaValue.varargsOf(args));
      return new Result(values, null, null);
    } catch (LuaError e) {
      return new Result(LuaValue.NONE, e.getMessageObject(), e.traceback());
    } finally {
      Globals.enter(before);
    }
  }

  /** Loads and calls a chunk; a syntax error is a result too. */
  public Result run(String source, String name) {
    LuaFunction chunk;
    try {
      chunk = load(source, name);
    } catch (LuaError e) {
      return new Result(LuaValue.NONE, e.getMessageObject(), null);
    }
    return pcall(chunk);
  }

  /**
   * Stops what is running, from any thread: it ends with a {@link org.luaj.vm2.ScriptStopped},
   * which no script can catch.
   */
  public void stop(String reason) {
    globals.budget.stop(reason);
  }
}
