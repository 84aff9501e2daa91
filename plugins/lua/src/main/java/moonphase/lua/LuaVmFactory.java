package moonphase.lua;

import java.util.Collection;
import java.util.List;
import moonphase.spi.ErrorLog;
import moonphase.spi.Generation;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Makes VMs; each step of a VM's start is a method here, in the order in which they run.
 *
 * <p>Threads: the caller's; the VM belongs to it until it is handed to a worker.
 *
 * <p>Source: ngx_http_lua_init_vm, ngx_http_lua_new_state, ngx_http_lua_init_globals.
 */
public final class LuaVmFactory {
  /** A VM that could not be started; the line was logged. */
  public static final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message) {
      super(message, null, false, false);
    }
  }

  private final List<NgxArea> areas;
  private final Collection<PreloadHook> hooks;
  private final List<LuaLibrary> libraries;

  LuaVmFactory(List<NgxArea> areas, Collection<PreloadHook> hooks, List<LuaLibrary> libraries) {
    this.areas = List.copyOf(areas);
    this.hooks = List.copyOf(hooks);
    this.libraries = List.copyOf(libraries);
  }

  /**
   * Makes a VM and runs {@code init_by_lua*} in it.
   *
   * @param isOfRequest whether it is for one request only
   * @param log where its start is told
   * @throws StartException if {@code init_by_lua*} fails
   */
  LuaVm create(Generation generation, Worker worker, boolean isOfRequest, ErrorLog log)
      throws StartException {
    VmStartEvent event =
        new VmStartEvent(generation.number(), worker.index(), isOfRequest, hooks.size());
    LuaVm vm = newState(generation, worker, isOfRequest, log);
    Globals before = Globals.enter(vm.globals());
    try {
      openLibs(vm, log);
      event.libraries = event.lap();
      setPackagePath(vm, log);
      initRegistry(vm, log);
      initGlobals(vm, log);
      event.globals = event.lap();
      addPreloadHooks(vm, log);
      guardGlobals(vm);
      event.preloads = event.lap();
      runInit(vm, log);
    } finally {
      event.init = event.lap();
      event.commit();
      Globals.enter(before);
    }
    return vm;
  }

  /** Step 1: a state that shares nothing with another, without any library. */
  private LuaVm newState(Generation generation, Worker worker, boolean isOfRequest, ErrorLog log) {
    log.log(LogLevel.DEBUG, "lua creating new vm state");
    return new LuaVm(new Globals(), generation, worker, isOfRequest);
  }

  /** Step 2: the libraries, each a unit of its own. */
  private void openLibs(LuaVm vm, ErrorLog log) {
    for (LuaLibrary library : libraries) {
      log.log(LogLevel.DEBUG, "lua opening library \"" + library.name() + "\"");
      library.open(vm.globals());
    }
  }

  /** Step 3: {@code package.path} and {@code package.cpath}. */
  private void setPackagePath(LuaVm vm, ErrorLog log) {
    LuaConf conf = vm.generation().conf(LuaConf.KEY);
    setPath(vm, "path", conf.get(LuaConf.PACKAGE_PATH), log);
    setPath(vm, "cpath", conf.get(LuaConf.PACKAGE_CPATH), log);
  }

  private static void setPath(LuaVm vm, String field, String configured, ErrorLog log) {
    LuaValue table = vm.globals().get("package");
    if (configured.isEmpty() || !table.istable()) {
      return;
    }
    String byDefault = LuaText.latin1(table.get(field));
    String prefix = vm.generation().prefix();
    String path =
        configured
            .replace(";;", ";\1;")
            .replace("${prefix}", prefix)
            .replace("$prefix", prefix)
            .replace("\1", byDefault);
    log.log(LogLevel.DEBUG, "lua setting lua package." + field + " to \"" + path + "\"");
    table.set(LuaText.lua(field), LuaText.lua(path));
  }

  /** Step 4: what Java keeps with a VM: code cache, request in hand, pools of areas. */
  private void initRegistry(LuaVm vm, ErrorLog log) {
    // LuaVm has them as fields and slots, empty so far; the step is named for the start-up log
    log.log(LogLevel.DEBUG, "lua initializing lua registry, worker " + vm.worker().index());
  }

  /** Step 5: the tables {@code ngx} and {@code ndk}. */
  private void initGlobals(LuaVm vm, ErrorLog log) {
    log.log(LogLevel.DEBUG, "lua initializing lua globals");
    vm.globals().rawset(LuaText.lua("ngx"), vm.ngx());
    LuaValue table = vm.globals().get("package");
    if (table.istable()) {
      LuaTable loaded = table.get("loaded").checktable();
      loaded.rawset(LuaText.lua("ngx"), vm.ngx());
    }
    CoroutineApi.install(vm);
    NgxTable.fill(vm, areas);
  }

  /** Step 6: {@code package.preload}. */
  private void addPreloadHooks(LuaVm vm, ErrorLog log) {
    if (!vm.globals().get("package").istable()) {
      return;
    }
    log.log(LogLevel.DEBUG, "lua adding " + hooks.size() + " preload hooks");
    for (PreloadHook hook : hooks) {
      vm.preloads().add(hook);
    }
  }

  private void guardGlobals(LuaVm vm) {
    GlobalGuard.install(vm);
  }

  /** Step 7: {@code init_by_lua*}. */
  private void runInit(LuaVm vm, ErrorLog log) throws StartException {
    LuaScript script = vm.generation().conf(LuaConf.KEY).script(LuaContext.INIT);
    if (script != null) {
      String error = runScript(vm, script, LuaContext.INIT);
      if (error != null) {
        log.log(LogLevel.ERROR, error);
        throw new StartException(error);
      }
    }
  }

  /**
   * Runs a script that no request asked for.
   *
   * @return what went wrong, null if nothing
   */
  static @org.jspecify.annotations.Nullable String runScript(
      LuaVm vm, LuaScript script, LuaContext context) {
    String prefix = context.directive(script.isFile() ? "_file" : "") + " error: ";
    try {
      LuaFunction function = load(vm, script);
      vm.standInRun(context, context == LuaContext.INIT ? "" : ", context: " + context)
          .call(function, LuaValue.NONE);
      return null;
    } catch (LuaError e) {
      return prefix + LuaErrors.describeCall(e);
    } catch (java.io.IOException e) {
      return prefix + "cannot open " + script.path() + ": " + moonphase.spi.Errno.of(e).text();
    }
  }

  private static LuaFunction load(LuaVm vm, LuaScript script) throws java.io.IOException {
    if (!script.isFile()) {
      return vm.globals().load(LuaText.lua(script.text()), script.chunkName(), vm.globals());
    }
    String path = script.path();
    byte[] text = java.nio.file.Files.readAllBytes(moonphase.spi.FilePath.of(path));
    return vm.globals().load(LuaText.lua(text), "@" + path, vm.globals());
  }
}
