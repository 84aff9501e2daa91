package moonphase.ngx;

import java.util.LinkedHashSet;
import java.util.Set;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaVm;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The timers of one VM. The VM's thread only.
 *
 * <p>Source: ngx_http_lua_timer.c.
 */
final class Timers {
  static final LuaVm.Slot<Timers> SLOT = new LuaVm.Slot<>(Timers::new);

  private final LuaVm vm;
  private final Set<Timer> pending = new LinkedHashSet<>();
  private int running;

  private Timers(LuaVm vm) {
    this.vm = vm;
    vm.onExiting(this::abort);
  }

  private static final class Timer {
    final LuaClosure function;
    final Varargs args;
    final long delayMillis;
    final boolean repeats;
    final String suffix;
    Worker.Cancellable scheduled = () -> {};

    Timer(LuaClosure function, Varargs args, long delayMillis, boolean repeats, String suffix) {
      this.function = function;
      this.args = args;
      this.delayMillis = delayMillis;
      this.repeats = repeats;
      this.suffix = suffix;
    }
  }

  int pendingCount() {
    return pending.size();
  }

  int runningCount() {
    return running;
  }

  /**
   * Starts a timer.
   *
   * @param suffix what stands behind its lines in the error log
   */
  void start(LuaClosure function, Varargs args, long delayMillis, boolean repeats, String suffix) {
    vm.retain();
    schedule(new Timer(function, args, delayMillis, repeats, suffix));
    vm.generation().log().log(LogLevel.DEBUG, "created timer (delay: " + delayMillis + " ms)");
  }

  private void schedule(Timer timer) {
    pending.add(timer);
    timer.scheduled = vm.worker().schedule(timer.delayMillis, () -> expired(timer, false));
  }

  private void expired(Timer timer, boolean premature) {
    vm.generation().log().log(LogLevel.DEBUG, "lua ngx.timer expired");
    if (!pending.remove(timer)) {
      return;
    }
    if (timer.repeats && !premature && !vm.generation().isExiting()) {
      vm.retain();
      schedule(new Timer(timer.function, timer.args, timer.delayMillis, true, timer.suffix));
    }
    int limit = vm.generation().conf(TimerConf.KEY).runningLimit();
    if (running >= limit) {
      vm.generation()
          .log()
          .log(
              LogLevel.ALERT,
              "lua failed to run timer with function defined at "
                  + timer.function.p.source.tojstring()
                  + ":"
                  + timer.function.p.linedefined
                  + ": "
                  + limit
                  + " lua_max_running_timers are not enough");
      vm.release();
      return;
    }
    running++;
    vm.start(
        LuaContext.TIMER_HANDLER,
        timer.function,
        LuaValue.varargsOf(LuaValue.valueOf(premature), timer.args),
        timer.suffix,
        this::done);
  }

  private void done() {
    running--;
    vm.generation()
        .log()
        .log(
            LogLevel.DEBUG,
            "http lua close fake http connection "
                + Integer.toHexString(System.identityHashCode(this)));
    vm.release();
  }

  /** Runs what is pending now, as premature, because the worker is exiting. */
  void abort() {
    vm.generation().log().log(LogLevel.DEBUG, "lua abort pending timers");
    Set<Timer> aborted = new LinkedHashSet<>(pending);
    if (aborted.isEmpty()) {
      return;
    }
    vm.generation()
        .log()
        .log(
            LogLevel.DEBUG,
            "lua found " + aborted.size() + " pending timers to be aborted prematurely");
    for (Timer timer : aborted) {
      timer.scheduled.cancel();
      expired(timer, true);
    }
  }
}
