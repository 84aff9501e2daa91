package moonphase.ngx;

import java.util.List;
import moonphase.lua.ApiGroup;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaText;
import moonphase.lua.LuaVm;
import moonphase.lua.NgxArea;
import moonphase.lua.NgxFunction;
import moonphase.spi.Worker;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.service.component.annotations.Component;

/**
 * {@code ngx.worker} and {@code ngx.config}. The VM's thread, stateless.
 *
 * <p>A worker is a thread: its pid is the number the kernel gave that thread.
 *
 * <p>Source: ngx_http_lua_worker.c, ngx_http_lua_config.c.
 */
@Component
public final class NgxWorker implements NgxArea {
  private static final int NGINX_VERSION = 1_022_001;
  private static final int LUA_VERSION = 10_023;

  /** Used by the framework. */
  public NgxWorker() {}

  private static LuaValue id(LuaRun run) {
    return run.context() == LuaContext.INIT ? LuaValue.NIL : LuaValue.valueOf(run.worker().index());
  }

  private static Varargs pids(LuaRun run) {
    if (run.context() == LuaContext.INIT || run.context() == LuaContext.INIT_WORKER) {
      return LuaValue.varargsOf(LuaValue.NIL, LuaText.lua("API disabled in the current context"));
    }
    LuaTable pids = new LuaTable();
    int i = 0;
    for (Worker worker : run.vm().generation().workers()) {
      pids.rawset(++i, LuaValue.valueOf((double) worker.threadId()));
    }
    return pids;
  }

  private static NgxFunction function(String name, NgxFunction.Body body) {
    return new NgxFunction(name, ApiGroup.PURE, body);
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        function("worker.id", (run, args) -> id(run)),
        function("worker.pid", (run, args) -> LuaValue.valueOf((double) run.worker().threadId())),
        function("worker.pids", (run, args) -> pids(run)),
        function(
            "worker.count",
            (run, args) -> LuaValue.valueOf(run.vm().generation().workers().size())),
        function(
            "worker.exiting", (run, args) -> LuaValue.valueOf(run.vm().generation().isExiting())),
        function("config.prefix", (run, args) -> LuaText.lua(run.vm().generation().prefix())),
        function("config.nginx_configure", (run, args) -> LuaText.lua("")));
  }

  @Override
  public void install(LuaVm vm) {
    LuaTable config = vm.table("config");
    config.rawset(LuaText.lua("subsystem"), LuaText.lua("http"));
    config.rawset(LuaText.lua("debug"), LuaValue.FALSE);
    config.rawset(LuaText.lua("nginx_version"), LuaValue.valueOf(NGINX_VERSION));
    config.rawset(LuaText.lua("ngx_lua_version"), LuaValue.valueOf(LUA_VERSION));
  }
}
