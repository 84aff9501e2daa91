package moonphase.phase.rewrite;

import moonphase.lua.LuaContext;
import moonphase.lua.LuaPhaseHandler;
import moonphase.lua.LuaRuntime;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code server_rewrite_by_lua*}; {@link RewriteByLua} has its directives. */
@Component(service = PhaseHandler.class)
@HandlerOf(phase = Phase.SERVER_REWRITE, module = "lua_rewrite")
public final class ServerRewriteByLua extends LuaPhaseHandler {
  /** Used by the framework. */
  @Activate
  public ServerRewriteByLua(@Reference LuaRuntime lua) {
    super(lua, LuaContext.SERVER_REWRITE);
  }
}
