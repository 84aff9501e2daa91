package moonphase.lua;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.ErrorLog;
import moonphase.spi.Generation;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A generation of one worker whose loop a test turns by hand, and a VM in it. */
final class FakeWorld implements Generation, Worker, ErrorLog, NgxArea {
  final List<String> lines = new ArrayList<>();
  final List<String> out = new ArrayList<>();
  final List<LuaWait> waits = new ArrayList<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  final LuaRuntime runtime = new LuaRuntime(List.of(this), List.of());
  final LuaVm vm;
  int over;

  FakeWorld() {
    runtime.configured(this);
    vm = runtime.vm(this, this);
  }

  /** Starts a script as a timer's would be. */
  void start(String script) {
    vm.start(
        LuaContext.TIMER_HANDLER,
        vm.globals().load(LuaText.lua(script), "=test", vm.globals()),
        LuaValue.NONE,
        "",
        () -> over++);
    turn();
  }

  /** Does something as Java code that Lua calls would. */
  void inVm(Runnable task) {
    Globals before = Globals.enter(vm.globals());
    try {
      task.run();
    } finally {
      Globals.enter(before);
    }
  }

  /** Wakes the oldest wait. */
  void wake(String value) {
    waits.remove(0).wake(LuaText.lua(value));
    turn();
  }

  void turn() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  @Override
  public List<NgxFunction> functions() {
    return List.of(
        new NgxFunction("out", ApiGroup.PURE, (run, args) -> record(args)),
        new NgxFunction("await", ApiGroup.YIELD, (run, args) -> run.await(waits::add)),
        new NgxFunction("now", ApiGroup.YIELD, (run, args) -> run.await(w -> w.wake(args.arg1()))),
        new NgxFunction(
            "spawn",
            ApiGroup.YIELD,
            (run, args) -> run.spawn(args.checkfunction(1), args.subargs(2))),
        new NgxFunction(
            "join", ApiGroup.YIELD, (run, args) -> run.join(List.of((LuaCoroutine) args.arg1()))),
        new NgxFunction(
            "kill",
            ApiGroup.YIELD,
            (run, args) -> {
              run.kill((LuaCoroutine) args.arg1());
              return LuaValue.NONE;
            }),
        new NgxFunction(
            "pass",
            ApiGroup.YIELD,
            (run, args) -> {
              run.pass();
              return LuaValue.NONE;
            }),
        new NgxFunction(
            "exit",
            ApiGroup.EXIT,
            (run, args) -> {
              run.exit(args.checkint(1));
              return LuaValue.NONE;
            }),
        new NgxFunction("say", ApiGroup.OUTPUT, (run, args) -> LuaValue.NONE));
  }

  private Varargs record(Varargs args) {
    StringBuilder s = new StringBuilder();
    for (int i = 1; i <= args.narg(); i++) {
      s.append(i > 1 ? " " : "").append(args.arg(i).tojstring());
    }
    out.add(s.toString());
    return LuaValue.NONE;
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public List<Worker> workers() {
    return List.of(this);
  }

  @Override
  public <C extends Conf<C>> C conf(ConfKey<C> key) {
    return key.unset();
  }

  @Override
  public ErrorLog log() {
    return this;
  }

  @Override
  public LogFile logFile(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String prefix() {
    return "/prefix/";
  }

  @Override
  public String confFile() {
    return "/prefix/conf/nginx.conf";
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public boolean isExiting() {
    return false;
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public long threadId() {
    return 1;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return true;
  }

  @Override
  public Cancellable schedule(long delayMillis, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long currentMillis() {
    return 0;
  }

  @Override
  public void updateTime() {}

  @Override
  public boolean isEnabled(LogLevel level) {
    return level != LogLevel.DEBUG;
  }

  @Override
  public void log(LogLevel level, String message) {
    if (isEnabled(level)) {
      lines.add("[" + level.tag() + "] " + message);
    }
  }

  @Override
  public void log(LogLevel level, String message, Throwable bug) {
    lines.add("[" + level.tag() + "] " + message);
    bug.printStackTrace();
  }
}
