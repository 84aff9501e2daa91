package moonphase.ngx;

import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.sleep}. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_sleep.c.
 */
@Component
public final class NgxSleep implements NgxArea {
  /** Used by the framework. */
  public NgxSleep() {}

  private static Varargs sleep(LuaRun run, Varargs args) {
    if (args.narg() != 1) {
      throw new LuaError("attempt to pass " + args.narg() + " arguments, but accepted 1");
    }
    long millis = (long) (args.checkdouble(1) * 1000);
    if (millis < 0) {
      throw new LuaError("invalid sleep duration \"" + millis + "\"");
    }
    return run.await(waiting -> {
      Worker.Cancellable timer =
          run.worker()
              .schedule(
                  millis,
                  () -> {
                    expired(run);
                    waiting.wake(LuaValue.NONE);
                  });
      waiting.onCancel(() -> {
        run.log().log(LogLevel.DEBUG, "lua clean up the timer for pending ngx.sleep");
        timer.cancel();
      });
      if (run.log().isEnabled(LogLevel.DEBUG)) {
        run.log().log(LogLevel.DEBUG, "lua ready to sleep for " + millis + " ms");
      }
    });
  }

  private static void expired(LuaRun run) {
    if (run.log().isEnabled(LogLevel.DEBUG)) {
      String uri = "?";
      if (run.hasExchange()) {
        Exchange exchange = run.exchange();
        uri = exchange.request().uri() + "?" + exchange.request().args();
      }
      run.log().log(LogLevel.DEBUG, "lua sleep timer expired: \"" + uri + "\"");
    }
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(new NgxFunction("sleep", ApiGroup.YIELD, NgxSleep::sleep));
  }
}
