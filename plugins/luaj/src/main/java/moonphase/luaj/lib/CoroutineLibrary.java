package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code coroutine}.
 *
 * <p>Source: Lua 5.1 manual 5.2; Lua 5.2 manual 6.2 for the second result of {@code running};
 * LuaJIT for {@code isyieldable} and the messages.
 */
public final class CoroutineLibrary implements Library {
  @Override
  public void open(Globals globals) {
    Arguments.install(globals, "coroutine", LibraryFunction.into(new LuaTable(), FUNCTIONS));
  }

  private static LuaThread create(Varargs args) {
    return new LuaThread(Globals.current(), args.checkfunction(1));
  }

  private static LuaThread thread(Varargs args) {
    if (args.arg1() instanceof LuaThread t) {
      return t;
    }
    throw LuaError.argument(1, "coroutine expected");
  }

  private static Varargs running(Varargs args) {
    LuaThread thread = Globals.current().running;
    return LuaValue.varargsOf(thread, LuaValue.valueOf(thread.isMainThread()));
  }

  /** The function that {@code wrap} returns: an error gets its caller's position, too. */
  private static final class Wrap extends LibraryFunction {
    private final LuaThread thread;

    Wrap(LuaThread thread) {
      super("wrap_aux");
      this.thread = thread;
    }

    @Override
    public Varargs invoke(Varargs args) {
      String status = thread.getStatus();
      if (!status.equals("suspended")) {
        String state = status.equals("dead") ? "dead" : "running";
        throw new LuaError("cannot resume " + state + " coroutine");
      }
      Varargs results = thread.resume(args);
      if (results.toboolean(1)) {
        return results.subargs(2);
      }
      LuaValue error = results.arg(2);
      throw new LuaError(error.isstring() ? Position.before(error.strvalue(), 1) : error);
    }
  }

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("create", CoroutineLibrary::create),
    LibraryFunction.of(
        "isyieldable", args -> LuaValue.valueOf(Globals.current().running.isYieldable())),
    LibraryFunction.of("resume", args -> thread(args).resume(args.subargs(2))),
    LibraryFunction.of("running", CoroutineLibrary::running),
    LibraryFunction.of("status", args -> LuaValue.valueOf(thread(args).getStatus())),
    LibraryFunction.of("wrap", args -> new Wrap(create(args))),
    LibraryFunction.of("yield", args -> Globals.current().yield(args)),
  };
}
