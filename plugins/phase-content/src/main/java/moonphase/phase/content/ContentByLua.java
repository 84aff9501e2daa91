package moonphase.phase.content;

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

/** {@code content_by_lua*}, and the directives of {@code precontent_by_lua*}. */
@Component(service = {HttpModule.class, PhaseHandler.class})
@HandlerOf(phase = Phase.CONTENT, module = "lua_content")
public final class ContentByLua extends LuaPhaseHandler implements HttpModule {
  /** Used by the framework. */
  @Activate
  public ContentByLua(@Reference LuaRuntime lua) {
    super(lua, LuaContext.CONTENT);
  }

  @Override
  public String name() {
    return "lua_content";
  }

  @Override
  public List<Directive<?>> directives() {
    List<Directive<?>> all =
        new ArrayList<>(LuaDirectives.all(LuaContext.CONTENT, LOCATION, LOCATION_IF));
    all.addAll(
        LuaDirectives.blockAndFile(LuaContext.PRECONTENT, HTTP, SERVER, LOCATION, LOCATION_IF));
    return all;
  }
}
