package moonphase.ngx;

import java.util.List;
import java.util.Optional;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaRun;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxProperty;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.ctx}: a table that lives as long as the request, until an internal redirect. The VM's
 * thread, stateless.
 *
 * <p>Source: ngx_http_lua_ctx.c, resty.core.ctx.
 */
@Component
public final class NgxCtx implements NgxArea {
  /** Used by the framework. */
  public NgxCtx() {}

  private static void set(LuaRun run, LuaValue value) {
    if (!value.istable()) {
      throw new LuaError("ctx should be a table while getting a " + value.typename());
    }
    run.request().ctx(value.checktable());
  }

  @Override
  public List<NgxProperty> properties() {
    return List.of(
        new NgxProperty("ctx", ApiGroup.CTX, run -> run.request().ctx(), Optional.of(NgxCtx::set)));
  }
}
