package moonphase.lua;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import moonphase.spi.ConfException;
import moonphase.spi.Exchange;
import moonphase.spi.Generation;
import moonphase.spi.GenerationListener;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The VMs of all generations, and how scripts run in them: a service for the bundles of the phases.
 *
 * <p>Threads: areas and hooks come and go on any thread; what concerns a VM is done on its worker.
 */
@Component(
    service = {LuaRuntime.class, GenerationListener.class},
    property = "module=lua")
public final class LuaRuntime implements GenerationListener {
  private final List<NgxArea> areas = new CopyOnWriteArrayList<>();
  private final ServingParts servingAreas;
  private final ServingParts servingModules;
  private final Map<Object, List<PreloadHook>> hooks = new ConcurrentHashMap<>();
  private final Map<Generation, LuaVm[]> vms = new ConcurrentHashMap<>();

  /** What was asked for last of them: every request asks. */
  private volatile @Nullable Vms recent;

  private record Vms(Generation generation, LuaVm[] all) {}

  /** {@code exit_worker_by_lua*}: its module may be missing when it is to run. */
  private final Map<Generation, LuaScript> exitScripts = new ConcurrentHashMap<>();

  /** Used by the framework. */
  @Activate
  public LuaRuntime(BundleContext context) {
    servingAreas = new ServingParts(context, true, () -> !vms.isEmpty());
    servingModules = new ServingParts(context, false, () -> !vms.isEmpty());
  }

  /** A runtime with the given areas and modules, without a framework. */
  public LuaRuntime(List<NgxArea> areas, List<PreloadModule> modules) {
    servingAreas = new ServingParts(null, true, () -> false);
    servingModules = new ServingParts(null, false, () -> false);
    this.areas.addAll(areas);
    modules.forEach(this::addModule);
  }

  /** Used by the framework. */
  @Deactivate
  void deactivate() {
    servingAreas.close();
    servingModules.close();
  }

  /** Used by the framework. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addArea(NgxArea area) {
    areas.add(area);
    servingAreas.came(area);
  }

  /** Used by the framework; returns when no script may call the area any more. */
  void removeArea(NgxArea area, ServiceReference<NgxArea> reference) {
    servingAreas.going(area, reference.getBundle());
    areas.remove(area);
  }

  /** Used by the framework. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindModule(PreloadModule module, ServiceReference<PreloadModule> reference) {
    Object ranking = reference.getProperty(Constants.SERVICE_RANKING);
    Bundle bundle = reference.getBundle();
    addModule(
        module,
        bundle.getSymbolicName(),
        ranking instanceof Integer number ? number : 0,
        bundle.getBundleId());
    servingModules.came(module);
  }

  /** Used by the framework; returns when no script may call the module any more. */
  void unbindModule(PreloadModule module, ServiceReference<PreloadModule> reference) {
    servingModules.going(module, reference.getBundle());
    removeModule(module);
  }

  /** Adds a module that belongs to no bundle. */
  void addModule(PreloadModule module) {
    addModule(module, module.getClass().getName(), 0, 0);
  }

  private void addModule(PreloadModule module, String origin, int ranking, long order) {
    setHooks(
        module,
        module.names().stream()
            .map(name -> new PreloadHook(name, origin, ranking, order, module::open))
            .toList());
  }

  void removeModule(PreloadModule module) {
    removeHooks(module);
  }

  /** Registers the hooks of an owner in the place of those it had, also in VMs that live. */
  void setHooks(Object owner, List<PreloadHook> added) {
    List<PreloadHook> before = hooks.put(owner, added);
    List<PreloadHook> removed = before == null ? List.of() : before;
    everyVm(vm -> {
      removed.forEach(vm.preloads()::remove);
      added.forEach(vm.preloads()::add);
    });
  }

  /** Removes the hooks of an owner, also from the VMs that live. Any thread. */
  void removeHooks(Object owner) {
    List<PreloadHook> removed = hooks.remove(owner);
    if (removed != null) {
      everyVm(vm -> removed.forEach(vm.preloads()::remove));
    }
  }

  /** All hooks, by name, the one that serves first. Any thread. */
  SortedMap<String, List<PreloadHook>> hooks() {
    SortedMap<String, List<PreloadHook>> all = new TreeMap<>();
    hooks.values().stream()
        .flatMap(List::stream)
        .sorted()
        .forEach(hook -> all.computeIfAbsent(hook.name(), n -> new ArrayList<>()).add(hook));
    return all;
  }

  /** The VMs that live, by generation. Any thread. */
  Map<Generation, LuaVm[]> vms() {
    return Map.copyOf(vms);
  }

  private void everyVm(Consumer<LuaVm> change) {
    for (LuaVm[] all : vms.values()) {
      for (LuaVm vm : all) {
        try {
          vm.worker().execute(() -> change.accept(vm));
        } catch (RejectedExecutionException e) {
          return; // the transport has ended, and with it these VMs
        }
      }
    }
  }

  // The life of generations.

  /** VMs cannot be handed over. */
  @Override
  public boolean startsGeneration() {
    return true;
  }

  @Override
  public void configured(Generation generation) {
    if (!RequestFiber.ON_CONTINUATIONS) {
      generation.log().log(
          LogLevel.WARN,
          "lua threads run on virtual threads, which is slow: start the JVM with"
              + " --add-exports java.base/jdk.internal.vm=ALL-UNNAMED");
    }
    LuaVmFactory factory = factory();
    List<Worker> workers = generation.workers();
    LuaVm[] made = new LuaVm[workers.size()];
    try {
      for (int i = 0; i < made.length; i++) {
        made[i] = factory.create(generation, workers.get(i), false, generation.log());
      }
    } catch (LuaVmFactory.StartException e) {
      throw new ConfException("failed to initialize Lua VM", e);
    }
    vms.put(generation, made);
    LuaScript exit = generation.conf(LuaConf.KEY).script(LuaContext.EXIT_WORKER);
    if (exit != null) {
      exitScripts.put(generation, exit);
    }
  }

  @Override
  public void workerExiting(Generation generation, Worker worker) {
    LuaVm[] all = vms.get(generation);
    if (all != null) {
      all[worker.index()].exiting();
    }
  }

  @Override
  public void workerExited(Generation generation, Worker worker) {
    LuaVm[] all = vms.get(generation);
    if (all != null) {
      LuaVm vm = all[worker.index()];
      LuaScript script = exitScripts.get(generation);
      if (script != null) {
        call(vm, LuaContext.EXIT_WORKER, script);
      }
      vm.close();
    }
  }

  @Override
  public void retired(Generation generation) {
    exitScripts.remove(generation);
    LuaVm[] all = vms.remove(generation);
    recent = null;
    if (all != null) {
      for (LuaVm vm : all) {
        vm.close();
      }
    }
  }

  private LuaVmFactory factory() {
    return new LuaVmFactory(
        areas, hooks.values().stream().flatMap(List::stream).toList(), LuaLibraries.ALL);
  }

  /**
   * The VM of a worker.
   *
   * @throws IllegalStateException if the generation has none
   */
  public LuaVm vm(Generation generation, Worker worker) {
    Vms known = recent;
    if (known == null || known.generation != generation) {
      LuaVm[] all = vms.get(generation);
      if (all == null) {
        throw new IllegalStateException("generation " + generation.number() + " has no Lua VM");
      }
      known = new Vms(generation, all);
      recent = known;
    }
    return known.all[worker.index()];
  }

  // What handlers do. Worker thread.

  /**
   * What Lua keeps with an exchange; begun, with a VM of its own where {@code lua_code_cache} is
   * off, if nothing was kept yet.
   *
   * @return null if that VM could not be started; the line was logged
   */
  public @Nullable LuaRequest request(Exchange exchange) {
    LuaRequest request = LuaRequest.find(exchange);
    if (request != null) {
      return request;
    }
    Generation generation = exchange.location().generation();
    Worker worker = exchange.connection().worker();
    if (exchange.conf(LuaConf.KEY).isCodeCacheOn()) {
      return LuaRequest.begin(vm(generation, worker), exchange);
    }
    try {
      LuaVm vm = factory().create(generation, worker, true, exchange.log());
      exchange.onEnd(vm::release);
      return LuaRequest.begin(vm, exchange);
    } catch (LuaVmFactory.StartException e) {
      exchange.log().log(LogLevel.ERROR, "failed to initialize Lua VM");
      return null;
    }
  }

  /**
   * The function of a script, compiled at its first use in a VM.
   *
   * @throws CodeCache.LoadException if it cannot be had; the line was logged
   */
  public LuaFunction function(LuaScript script, LuaRequest request) throws CodeCache.LoadException {
    Exchange exchange = request.exchange();
    CodeCache cache = request.vm().codeCache();
    String path = script.isFile() ? script.path(exchange) : "";
    LuaFunction function =
        script.isFile() ? cache.file(path, exchange.log()) : cache.inline(script, exchange.log());
    return exchange.conf(LuaConf.KEY).isIsolatingGlobals()
        ? cache.withGlobals(script, path, isolated(request.vm()))
        : function;
  }

  /** A table of globals of its own that sees the VM's. */
  private static LuaTable isolated(LuaVm vm) {
    LuaTable table = new LuaTable();
    LuaTable metatable = new LuaTable();
    metatable.rawset(LuaText.lua("__index"), vm.globals());
    table.setmetatable(metatable);
    table.rawset(LuaText.lua("_G"), table);
    return table;
  }

  /** A run for an exchange in a context that may not wait. */
  public LuaRun run(LuaContext context, LuaRequest request) {
    return request.vm().runFor(context, request, request.exchange());
  }

  /**
   * Calls a script in a context that may not wait. A failure is logged.
   *
   * @param latin1 its arguments
   * @return whether it ended without error
   */
  public boolean call(LuaRun run, LuaScript script, String... latin1) {
    Varargs args = LuaValue.NONE;
    if (latin1.length > 0) {
      LuaValue[] values = new LuaValue[latin1.length];
      for (int i = 0; i < latin1.length; i++) {
        values[i] = LuaText.lua(latin1[i]);
      }
      args = LuaValue.varargsOf(values);
    }
    LuaFunction function;
    try {
      function = function(script, run.request());
    } catch (CodeCache.LoadException e) {
      return false; // its line was logged
    }
    try {
      run.call(function, args);
      return true;
    } catch (LuaError e) {
      run.log().log(
          LogLevel.ERROR, "failed to run " + run.context() + ": " + LuaErrors.describeCall(e));
      return false;
    }
  }

  /**
   * Runs a script that no request asked for, such as {@code init_worker_by_lua*}; a failure is
   * logged.
   */
  public void call(LuaVm vm, LuaContext context, LuaScript script) {
    String error = LuaVmFactory.runScript(vm, script, context);
    if (error != null) {
      vm.generation().log().log(LogLevel.ERROR, error);
    }
  }
}
