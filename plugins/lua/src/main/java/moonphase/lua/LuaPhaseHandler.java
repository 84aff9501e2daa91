package moonphase.lua;

import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;

/**
 * The handler of every {@code *_by_lua} directive of the phase chain; the phases differ in the data
 * of {@link LuaContext} only, and a phase's bundle adds its name and directives. Worker thread.
 */
public class LuaPhaseHandler implements PhaseHandler {
  private final LuaRuntime lua;
  private final LuaContext context;
  private final boolean isFirst;

  /** The handler of a context, after those of nginx's modules. */
  public LuaPhaseHandler(LuaRuntime lua, LuaContext context) {
    this(lua, context, false);
  }

  /**
   * The handler of a context.
   *
   * @param isFirst whether it stands before those of nginx's modules, and so serves where {@code
   *     *_by_lua_no_postpone} is on
   */
  public LuaPhaseHandler(LuaRuntime lua, LuaContext context, boolean isFirst) {
    this.lua = lua;
    this.context = context;
    this.isFirst = isFirst;
  }

  @Override
  public final boolean isIdle(ConfBlock block) {
    LuaConf conf = block.conf(LuaConf.KEY);
    return conf.isFirst(context) != isFirst || conf.script(context) == null;
  }

  @Override
  public final Verdict handle(Exchange exchange) {
    if (context == LuaContext.REWRITE && exchange.request().isUriChanged()) {
      return Verdict.DECLINED;
    }
    LuaConf conf = exchange.conf(LuaConf.KEY);
    if (conf.isFirst(context) != isFirst) {
      return Verdict.DECLINED;
    }
    LuaScript script = conf.script(context);
    if (exchange.log().isEnabled(LogLevel.DEBUG) && isCalled(conf, script)) {
      exchange.log().log(
          LogLevel.DEBUG,
          "lua " + context.phaseName() + " handler, uri:\"" + exchange.request().uri() + "\" c:1");
    }
    if (script == null) {
      return Verdict.DECLINED;
    }
    return context.isYieldable() ? new Turn(exchange, script).begin() : call(exchange, script);
  }

  /** Whether upstream would have a handler here: content handlers are a location's own. */
  private boolean isCalled(LuaConf conf, @Nullable LuaScript script) {
    return script != null || (context != LuaContext.CONTENT && conf.isUsed(context));
  }

  /** A script that may not wait: log_by_lua. */
  private Verdict call(Exchange exchange, LuaScript script) {
    LuaRequest request = lua.request(exchange);
    if (request != null) {
      lua.call(lua.run(context, request), script);
    }
    return context.onOk();
  }

  /** One call of the handler, from the reading of the body to the verdict. */
  private final class Turn {
    private final Exchange exchange;
    private final LuaScript script;
    private @Nullable Suspension suspension;
    private @Nullable Integer bodyStatus;

    Turn(Exchange exchange, LuaScript script) {
      this.exchange = exchange;
      this.script = script;
    }

    Verdict begin() {
      if (!exchange.conf(LuaConf.KEY).isNeedingRequestBody()
          || exchange.request().body().isRead()) {
        return run();
      }
      exchange.request().body().read(this::bodyRead);
      Integer status = bodyStatus;
      return status == null ? suspended() : status == 0 ? run() : Verdict.finish(status);
    }

    private void bodyRead(int status) {
      bodyStatus = status;
      if (suspension != null) {
        Verdict verdict = status == 0 ? run() : Verdict.finish(status);
        if (verdict != Verdict.SUSPENDED) {
          suspension.conclude(verdict);
        }
      }
    }

    private Verdict run() {
      LuaRequest request = lua.request(exchange);
      if (request == null) {
        return Verdict.finish(500);
      }
      LuaFunction function;
      try {
        function = lua.function(script, request);
      } catch (CodeCache.LoadException e) {
        return Verdict.finish(e.status()); // its line was logged
      }
      LuaRun run = request.vm().runFor(context, request, exchange);
      if (run.start(function, LuaValue.NONE, this::over)) {
        return LuaVerdicts.of(run);
      }
      request.run(run);
      if (exchange.conf(LuaConf.KEY).isCheckingClientAbort()) {
        exchange.connection().onAbort(run::clientGone);
      }
      return suspended();
    }

    private Verdict suspended() {
      if (suspension == null) {
        suspension = exchange.suspend();
      }
      return Verdict.SUSPENDED;
    }

    private void over(LuaRun run) {
      run.request().run(null);
      if (suspension != null) {
        suspension.conclude(LuaVerdicts.of(run));
      }
    }
  }
}
