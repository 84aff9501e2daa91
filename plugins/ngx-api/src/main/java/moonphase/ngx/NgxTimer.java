package moonphase.ngx;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Connection;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Setting;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.timer.at}, {@code every} and the counts. The VM's thread, stateless.
 *
 * <p>Source: ngx_http_lua_timer.c.
 */
@Component(service = {NgxArea.class, HttpModule.class})
public final class NgxTimer implements NgxArea, HttpModule {
  private static final String CONTEXT = ", context: ngx.timer";

  /** Used by the framework. */
  public NgxTimer() {}

  @Override
  public String name() {
    return "lua_timer";
  }

  private static Varargs start(LuaRun run, Varargs args, boolean repeats) {
    if (args.narg() < 2) {
      throw new LuaError("expecting at least 2 arguments but got " + args.narg());
    }
    long delay = (long) (args.checkdouble(1) * 1000);
    if (repeats && delay == 0) {
      throw new LuaError("delay cannot be zero");
    }
    if (!(args.arg(2) instanceof LuaClosure function)) {
      throw LuaError.argument(2, "Lua function expected");
    }
    if (run.vm().generation().isExiting() && delay > 0) {
      return failure("process exiting");
    }
    Timers timers = run.vm().slot(Timers.SLOT);
    if (timers.pendingCount() >= run.vm().generation().conf(TimerConf.KEY).pendingLimit()) {
      return failure("too many pending timers");
    }
    timers.start(function, args.subargs(3), Math.max(0, delay), repeats, suffix(run));
    return LuaValue.valueOf(1);
  }

  private static Varargs failure(String message) {
    return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua(message));
  }

  /** Whose timer it is, as its lines in the error log say; a timer's timer is its client's too. */
  private static String suffix(LuaRun run) {
    if (!run.hasExchange()) {
      return run.context() == LuaContext.TIMER_HANDLER ? run.logSuffix() : CONTEXT;
    }
    Connection connection = run.exchange().connection();
    return CONTEXT
        + ", client: "
        + address(connection.remote())
        + ", server: "
        + connection.listening();
  }

  private static String address(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "unix:";
  }

  private static NgxFunction function(String name, NgxFunction.Body body) {
    return new NgxFunction("timer." + name, ApiGroup.TIMER, body);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        function("at", (run, args) -> start(run, args, false)),
        function("every", (run, args) -> start(run, args, true)),
        new NgxFunction(
            "timer.running_count",
            ApiGroup.CTX,
            (run, args) -> LuaValue.valueOf(run.vm().slot(Timers.SLOT).runningCount())),
        new NgxFunction(
            "timer.pending_count",
            ApiGroup.CTX,
            (run, args) -> LuaValue.valueOf(run.vm().slot(Timers.SLOT).pendingCount())));
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("lua_max_pending_timers")
            .in(HTTP)
            .args(1)
            .sets(
                TimerConf.KEY,
                (conf, args) -> new TimerConf(Setting.of(args.number(0)), conf.maxRunning())),
        directive("lua_max_running_timers")
            .in(HTTP)
            .args(1)
            .sets(
                TimerConf.KEY,
                (conf, args) -> new TimerConf(conf.maxPending(), Setting.of(args.number(0)))));
  }
}
