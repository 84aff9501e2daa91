package moonphase.phase.content;

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

/** {@code precontent_by_lua*}; {@link ContentByLua} has its directives. */
@Component(service = PhaseHandler.class)
@HandlerOf(phase = Phase.PRECONTENT, module = "lua_content")
public final class PrecontentByLua implements PhaseHandler {
  private final PhaseHandler handler;

  /** Used by the framework. */
  @Activate
  public PrecontentByLua(@Reference LuaRuntime lua) {
    handler = new LuaPhaseHandler(lua, LuaContext.PRECONTENT);
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
