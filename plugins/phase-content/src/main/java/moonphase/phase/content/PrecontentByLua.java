package moonphase.phase.content;

import moonphase.lua.LuaContext;
import moonphase.lua.LuaPhaseHandler;
import moonphase.lua.LuaRuntime;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code precontent_by_lua*}; {@link ContentByLua} has its directives. */
@Component(service = PhaseHandler.class)
@HandlerOf(phase = Phase.PRECONTENT, module = "lua_content")
public final class PrecontentByLua extends LuaPhaseHandler {
  /** Used by the framework. */
  @Activate
  public PrecontentByLua(@Reference LuaRuntime lua) {
    super(lua, LuaContext.PRECONTENT);
  }
}
