package moonphase.ngx;

import java.util.ArrayList;
import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaCoroutine;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * Light threads: {@code ngx.thread.spawn}, {@code wait} and {@code kill}. The VM's thread,
 * stateless.
 *
 * <p>Source: ngx_http_lua_uthread.c.
 */
@Component
public final class NgxThread implements NgxArea {
  /** Used by the framework. */
  public NgxThread() {}

  private static Varargs spawn(LuaRun run, Varargs args) {
    if (!(args.arg1() instanceof LuaClosure function)) {
      throw LuaError.argument(1, "Lua function expected");
    }
    return run.spawn(function, args.subargs(2));
  }

  private static @Nullable LuaCoroutine thread(LuaRun run, LuaValue value, int argument) {
    if (!value.isthread()) {
      throw LuaError.argument(argument, "lua thread expected");
    }
    if (!(value instanceof LuaCoroutine thread)) {
      return null;
    }
    if (thread.run() != run) {
      throw new LuaError("no co ctx found");
    }
    return thread;
  }

  private static Varargs await(LuaRun run, Varargs args) {
    if (args.narg() == 0) {
      throw new LuaError("at least one coroutine should be specified");
    }
    List<LuaCoroutine> threads = new ArrayList<>(args.narg());
    for (int i = 1; i <= args.narg(); i++) {
      LuaCoroutine thread = thread(run, args.arg(i), i);
      if (thread == null || thread.isEntry()) {
        throw new LuaError("attempt to wait on a coroutine that is not a user thread");
      }
      if (thread.spawner() != run.vm().globals().running) {
        throw new LuaError("only the parent coroutine can wait on the thread");
      }
      if (thread.isReaped()) {
        if (i == args.narg() && threads.isEmpty()) {
          return failure("already waited or killed");
        }
        continue;
      }
      threads.add(thread);
    }
    return run.join(threads);
  }

  private static Varargs kill(LuaRun run, Varargs args) {
    LuaCoroutine thread = thread(run, args.arg1(), 1);
    if (thread == null || thread.isEntry()) {
      return failure("not user thread");
    }
    if (thread.spawner() != run.vm().globals().running) {
      return failure("killer not parent");
    }
    if (thread.isWaitingForSubrequests()) {
      return failure("pending subrequests");
    }
    if (thread.isReaped()) {
      return failure("already waited or killed");
    }
    if (thread.isZombie()) {
      run.kill(thread);
      return failure("already terminated");
    }
    run.kill(thread);
    return LuaValue.valueOf(1);
  }

  private static Varargs failure(String message) {
    return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua(message));
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction("thread.spawn", ApiGroup.YIELD, NgxThread::spawn),
        new NgxFunction("thread.wait", ApiGroup.YIELD, NgxThread::await),
        new NgxFunction("thread.kill", ApiGroup.YIELD, NgxThread::kill));
  }
}
