package moonphase.luaj;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * The stand-alone interpreter, {@code moonphase lua}: options, messages and exit status of lua.
 *
 * <p>Runs on a thread with a large stack; only the pages used cost memory.
 *
 * <p>Source: lua(1).
 */
public final class Main {
  static final String VERSION = "Moonphase Lua 5.1 (LuaJIT 2.1 dialect, LUA52COMPAT)";

  private static final long STACK_BYTES = 256L << 20;
  private static final String USAGE =
      """
      usage: lua [options]... [script [args]...].
      Available options are:
        -e chunk  Execute string 'chunk'.
        -l name   Require library 'name'.
        -i        Enter interactive mode after executing 'script'.
        -v        Show version information.
        --        Stop handling options.
        -         Execute stdin and stop handling options.
      """;

  private final String[] args;
  private final LuaState lua = new LuaState();
  private final List<String[]> chunks = new ArrayList<>();
  private boolean interactive;
  private boolean showVersion;
  private boolean execute;
  private int script;

  private Main(String[] args) {
    this.args = args;
  }

  /** Runs the interpreter and ends the process: 0 for success, 1 for an error. */
  public static void main(String[] args) throws InterruptedException {
    int[] status = {1};
    Thread thread =
        new Thread(null, () -> status[0] = new Main(args).finish() ? 0 : 1, "lua", STACK_BYTES);
    thread.start();
    thread.join();
    System.out.flush();
    System.exit(status[0]);
  }

  private boolean finish() {
    boolean ok = run();
    lua.close();
    return ok;
  }

  private boolean run() {
    if (!parse()) {
      System.err.print(USAGE);
      return false;
    }
    lua.openLibraries();
    lua.set("arg", arguments());
    if (!initialize()) {
      return false;
    }
    if (showVersion) {
      System.out.println(VERSION);
    }
    for (String[] chunk : chunks) {
      boolean library = chunk[0].equals("l");
      if (!(library ? require(chunk[1]) : report(lua.run(chunk[1], "=(command line)")))) {
        return false;
      }
    }
    if (script < args.length && !runScript()) {
      return false;
    }
    boolean nothing = script >= args.length && !execute && !showVersion;
    if (interactive || nothing && System.console() != null && System.console().isTerminal()) {
      new Repl(lua).run(!showVersion);
    } else if (nothing) {
      return runStandardInput(LuaValue.NOVALS);
    }
    return true;
  }

  /** Reads the options; answers false where they make no sense. */
  private boolean parse() {
    int i = 0;
    while (i < args.length && args[i].startsWith("-") && args[i].length() > 1) {
      String option = args[i++];
      switch (option) {
        case "--" -> {
          script = i;
          return true;
        }
        case "-i" -> {
          interactive = true;
          showVersion = true;
        }
        case "-v" -> showVersion = true;
        default -> {
          char kind = option.charAt(1);
          String value = option.substring(2);
          if (kind != 'e' && kind != 'l' || value.isEmpty() && i == args.length) {
            return false;
          }
          execute |= kind == 'e';
          chunks.add(new String[] {String.valueOf(kind), value.isEmpty() ? args[i++] : value});
        }
      }
    }
    script = i;
    return true;
  }

  /** The table arg: the script at 0, its arguments after it, the options before. */
  private LuaTable arguments() {
    LuaTable table = new LuaTable();
    int origin = script < args.length ? script : args.length;
    table.rawset(-1 - origin, "lua");
    for (int i = 0; i < args.length; i++) {
      table.rawset(i - origin, args[i]);
    }
    return table;
  }

  private boolean initialize() {
    String init = System.getenv("LUA_INIT");
    if (init == null) {
      return true;
    }
    return init.startsWith("@")
        ? loadAndRun(init.substring(1), LuaValue.NOVALS)
        : report(lua.run(init, "=LUA_INIT"));
  }

  private boolean require(String name) {
    return report(lua.pcall(lua.get("require"), LuaValue.valueOf(name)));
  }

  private boolean runScript() {
    LuaValue[] rest = new LuaValue[args.length - script - 1];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = LuaValue.valueOf(args[script + 1 + i]);
    }
    return args[script].equals("-") ? runStandardInput(rest) : loadAndRun(args[script], rest);
  }

  private boolean loadAndRun(String file, LuaValue[] rest) {
    LuaValue chunk;
    try {
      chunk = lua.globals().loadfile(file);
    } catch (LuaError e) {
      return report(new LuaState.Result(LuaValue.NONE, e.getMessageObject(), null));
    }
    return report(lua.pcall(chunk, rest));
  }

  private boolean runStandardInput(LuaValue[] rest) {
    Globals globals = lua.globals();
    LuaValue chunk;
    try {
      chunk = globals.load(globals.STDIN, "=stdin", "bt", globals);
    } catch (LuaError e) {
      return report(new LuaState.Result(LuaValue.NONE, e.getMessageObject(), null));
    }
    return report(lua.pcall(chunk, rest));
  }

  /** Prints an error and its traceback; answers whether there was none. */
  private static boolean report(LuaState.Result result) {
    if (!result.succeeded()) {
      System.out.flush();
      String trace = result.traceback() == null ? "" : "\n" + result.traceback();
      byte[] line = LuaString.valueOf("lua: " + result.message() + trace + "\n").toBytes();
      System.err.write(line, 0, line.length);
      System.err.flush();
    }
    return result.succeeded();
  }
}
