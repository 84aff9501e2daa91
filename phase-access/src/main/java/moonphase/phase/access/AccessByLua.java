package moonphase.phase.access;

import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

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

/** {@code access_by_lua*}. A script that ends, or exits with ngx.OK, grants access. */
@Component(service = {HttpModule.class, PhaseHandler.class})
@HandlerOf(phase = Phase.ACCESS, module = "lua_access")
public final class AccessByLua extends LuaPhaseHandler implements HttpModule {
  /** Used by the framework. */
  @Activate
  public AccessByLua(@Reference LuaRuntime lua) {
    super(lua, LuaContext.ACCESS);
  }

  @Override
  public String name() {
    return "lua_access";
  }

  @Override
  public List<Directive<?>> directives() {
    return LuaDirectives.all(LuaContext.ACCESS, HTTP, SERVER, LOCATION, LOCATION_IF);
  }
}
