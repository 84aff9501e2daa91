package moonphase.phase.access;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;

import java.util.List;
import moonphase.lua.LuaConf;
import moonphase.lua.LuaContext;
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

/** {@code access_by_lua_no_postpone}: the script runs before nginx's handlers of the phase. */
@Component(service = {HttpModule.class, PhaseHandler.class})
@HandlerOf(phase = Phase.ACCESS, module = "lua_access_first")
public final class AccessByLuaFirst extends LuaPhaseHandler implements HttpModule {
  /** Used by the framework. */
  @Activate
  public AccessByLuaFirst(@Reference LuaRuntime lua) {
    super(lua, LuaContext.ACCESS, true);
  }

  @Override
  public String name() {
    return "lua_access_first";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("access_by_lua_no_postpone")
            .in(HTTP)
            .args(1)
            .sets(LuaConf.KEY, (conf, args) -> conf.with(LuaConf.ACCESS_FIRST, args.flag(0))));
  }
}
