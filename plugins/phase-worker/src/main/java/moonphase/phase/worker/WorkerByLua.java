package moonphase.phase.worker;

import static moonphase.spi.Level.HTTP;

import java.util.ArrayList;
import java.util.List;
import moonphase.lua.LuaConf;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaDirectives;
import moonphase.lua.LuaRuntime;
import moonphase.lua.LuaScript;
import moonphase.lua.LuaVm;
import moonphase.spi.Directive;
import moonphase.spi.Generation;
import moonphase.spi.GenerationListener;
import moonphase.spi.HttpModule;
import moonphase.spi.Worker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code init_worker_by_lua*}, and the directives of {@code init_by_lua*} and {@code
 * exit_worker_by_lua*}, which every VM runs as the last step of its start and as the first of its
 * end. Each worker's thread.
 */
@Component(service = {HttpModule.class, GenerationListener.class})
public final class WorkerByLua implements HttpModule, GenerationListener {
  private final LuaRuntime lua;

  /** Used by the framework. */
  @Activate
  public WorkerByLua(@Reference LuaRuntime lua) {
    this.lua = lua;
  }

  @Override
  public String name() {
    return "lua_worker";
  }

  @Override
  public List<Directive<?>> directives() {
    List<Directive<?>> all = new ArrayList<>(LuaDirectives.all(LuaContext.INIT, HTTP));
    all.addAll(LuaDirectives.all(LuaContext.INIT_WORKER, HTTP));
    all.addAll(LuaDirectives.blockAndFile(LuaContext.EXIT_WORKER, HTTP));
    return all;
  }

  @Override
  public void workerStarted(Generation generation, Worker worker) {
    LuaVm vm = lua.vm(generation, worker);
    LuaScript init = generation.conf(LuaConf.KEY).script(LuaContext.INIT_WORKER);
    if (init != null && vm.begin()) {
      lua.call(vm, LuaContext.INIT_WORKER, init);
    }
  }
}
