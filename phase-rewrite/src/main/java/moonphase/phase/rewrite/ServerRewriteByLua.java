package moonphase.phase.rewrite;

import moonphase.lua.LuaContext;
import moonphase.lua.LuaPhaseHandler;
import moonphase.lua.LuaRuntime;
import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code server_rewrite_by_lua*}; {@link RewriteByLua} has its directives. */
@Component(service = PhaseHandler.class)
@HandlerOf(phase = Phase.SERVER_REWRITE, module = "lua_rewrite")
public final class ServerRewriteByLua implements PhaseHandler {
  private final PhaseHandler handler;

  /** Used by the framework. */
  @Activate
  public ServerRewriteByLua(@Reference LuaRuntime lua) {
    handler = new LuaPhaseHandler(lua, LuaContext.SERVER_REWRITE);
  }

  @Override
  public boolean isIdle(ConfBlock block) {
    return handler.isIdle(block);
  }

  @Override
  public Verdict handle(Exchange exchange) {
    return handler.handle(exchange);
  }
}
