package moonphase.ngx;

import java.util.ArrayDeque;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.LuaWait;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.lib.VarArgFunction;

/**
 * A semaphore of {@code require "ngx.semaphore"}: light threads of any request of the worker wait
 * for it in the order in which they came. The VM's thread.
 *
 * <p>Source: ngx_http_lua_semaphore.c, ngx.semaphore.
 */
final class Semaphore {
  private static final LuaValue FIELD = LuaText.lua("sem");
  private static final Varargs TIMEOUT = LuaValue.varargsOf(LuaValue.FALSE, LuaText.lua("timeout"));
  private static final Varargs DONE = LuaValue.varargsOf(LuaValue.TRUE, LuaValue.NIL);

  private final LuaVm vm;
  private final ArrayDeque<LuaWait> waiting = new ArrayDeque<>();
  private int count;
  private boolean isPosted;

  private Semaphore(LuaVm vm, int count) {
    this.vm = vm;
    this.count = count;
  }

  /** The module's table for a VM. */
  static LuaTable module(LuaVm vm) {
    LuaTable module = new LuaTable();
    LuaTable metatable = new LuaTable();
    metatable.rawset(LuaText.lua("__index"), module);
    module.rawset(LuaText.lua("version"), LuaText.lua(RestyModules.VERSION));
    function(module, "new", args -> create(vm, args, metatable));
    function(module, "wait", args -> of(args).await(vm.run(), args));
    function(module, "post", args -> of(args).post(args));
    function(module, "count", args -> LuaValue.valueOf(of(args).balance()));
    return module;
  }

  private interface Body {
    Varargs call(Varargs args);
  }

  private static void function(LuaTable module, String name, Body body) {
    module.rawset(
        LuaText.lua(name),
        new VarArgFunction() {
          @Override
          public Varargs invoke(Varargs args) {
            return body.call(args);
          }
        });
  }

  private static LuaTable create(LuaVm vm, Varargs args, LuaTable metatable) {
    LuaValue n = args.arg1().isnil() ? LuaValue.ZERO : args.arg1().tonumber();
    int count = n.isnil() ? 0 : n.toint();
    if (count < 0) {
      throw new LuaError("no negative number");
    }
    LuaTable semaphore = new LuaTable();
    semaphore.rawset(FIELD, new LuaUserdata(new Semaphore(vm, count)));
    semaphore.setmetatable(metatable);
    return semaphore;
  }

  private static Semaphore of(Varargs args) {
    LuaValue field = args.arg1().istable() ? args.arg1().get(FIELD) : LuaValue.NIL;
    if (field.touserdata() instanceof Semaphore semaphore) {
      return semaphore;
    }
    throw new LuaError("not a semaphore instance");
  }

  /** What is there; below zero if threads wait. */
  private int balance() {
    return count - waiting.size();
  }

  private Varargs await(LuaRun run, Varargs args) {
    run.request();
    LuaValue seconds = args.arg(2).tonumber();
    if (seconds.isnil()) {
      throw new LuaError("attempt to perform arithmetic on a nil value");
    }
    long millis = (long) (seconds.todouble() * 1000);
    if (millis < 0) {
      throw new LuaError("no negative number");
    }
    if (!run.context().allows(ApiGroup.YIELD)) {
      return LuaValue.varargsOf(
          LuaValue.NIL, LuaText.lua("API disabled in the context of " + run.context()));
    }
    if (waiting.isEmpty() && count > 0) {
      count--;
      return LuaValue.TRUE;
    }
    if (millis == 0) {
      return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua("timeout"));
    }
    return run.await(wait -> {
      waiting.add(wait);
      Worker.Cancellable timer =
          vm.worker()
              .schedule(
                  millis,
                  () -> {
                    if (waiting.remove(wait)) {
                      wait.wake(TIMEOUT);
                    }
                  });
      wait.onCancel(() -> {
        waiting.remove(wait);
        timer.cancel();
      });
      vm.generation().log().log(LogLevel.DEBUG, "http lua semaphore wait yielding");
    });
  }

  private Varargs post(Varargs args) {
    LuaValue n = args.arg(2).isnil() ? LuaValue.ONE : args.arg(2).tonumber();
    if (n.isnil() || n.toint() < 1) {
      throw new LuaError("positive number required");
    }
    count += n.toint();
    if (!waiting.isEmpty() && !isPosted) {
      isPosted = true;
      vm.worker().execute(this::wakeWaiting);
    }
    return LuaValue.TRUE;
  }

  private void wakeWaiting() {
    isPosted = false;
    while (count > 0 && !waiting.isEmpty()) {
      count--;
      waiting.remove().wake(DONE);
    }
  }
}
