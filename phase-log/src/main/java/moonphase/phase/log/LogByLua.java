package moonphase.phase.log;

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

/** {@code log_by_lua*}: runs before the access log is written. */
@Component(service = {HttpModule.class, PhaseHandler.class})
@HandlerOf(phase = Phase.LOG, module = "lua_log")
public final class LogByLua extends LuaPhaseHandler implements HttpModule {
  /** Used by the framework. */
  @Activate
  public LogByLua(@Reference LuaRuntime lua) {
    super(lua, LuaContext.LOG);
  }

  @Override
  public String name() {
    return "lua_log";
  }

  @Override
  public List<Directive<?>> directives() {
    return LuaDirectives.all(LuaContext.LOG, HTTP, SERVER, LOCATION, LOCATION_IF);
  }
}
