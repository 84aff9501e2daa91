package moonphase.ngx;

import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import org.luaj.vm2.LuaError;
import org.osgi.service.component.annotations.Component;

/**
 * The names of the socket API, which says of itself that it is not there yet. The VM's thread.
 *
 * <p>Scripts that look for {@code ngx.socket} at load time, as many libraries do, load; what is
 * called fails with the name of what is missing, and in a wrong context as upstream.
 */
@Component
public final class NgxSocket implements NgxArea {
  /** Used by the framework. */
  public NgxSocket() {}

  private static NgxFunction missing(String name, ApiGroup group) {
    return new NgxFunction(
        name,
        group,
        (run, args) -> {
          throw new LuaError("ngx." + name + " is not available in this version");
        });
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        missing("socket.tcp", ApiGroup.YIELD),
        missing("socket.stream", ApiGroup.YIELD),
        missing("socket.udp", ApiGroup.YIELD),
        missing("socket.connect", ApiGroup.YIELD),
        missing("req.socket", ApiGroup.OUTPUT));
  }
}
