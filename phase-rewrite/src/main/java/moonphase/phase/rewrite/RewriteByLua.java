package moonphase.phase.rewrite;

import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.ArrayList;
import java.util.List;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaDirectives;
import moonphase.lua.LuaPhaseHandler;
import moonphase.lua.LuaRuntime;
import moonphase.spi.Directive;
import moonphase.spi.HandlerOf;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code rewrite_by_lua*}, and the directives of {@code server_rewrite_by_lua*} and {@code
 * set_by_lua*}.
 */
@Component(service = {HttpModule.class, PhaseHandler.class})
@HandlerOf(phase = Phase.REWRITE, module = "lua_rewrite")
public final class RewriteByLua extends LuaPhaseHandler implements HttpModule {
  private final LuaRuntime lua;

  /** Used by the framework. */
  @Activate
  public RewriteByLua(@Reference LuaRuntime lua) {
    super(lua, LuaContext.REWRITE);
    this.lua = lua;
  }

  @Override
  public String name() {
    return "lua_rewrite";
  }

  @Override
  public List<Directive<?>> directives() {
    List<Directive<?>> all =
        new ArrayList<>(LuaDirectives.all(LuaContext.REWRITE, HTTP, SERVER, LOCATION, LOCATION_IF));
    all.addAll(LuaDirectives.blockAndFile(LuaContext.SERVER_REWRITE, HTTP, SERVER));
    all.addAll(SetByLua.directives(lua));
    return all;
  }
}
