package moonphase.ngx;

import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;

/**
 * How many timers a worker may have. Immutable.
 *
 * @param maxPending {@code lua_max_pending_timers}
 * @param maxRunning {@code lua_max_running_timers}
 */
record TimerConf(Setting<Integer> maxPending, Setting<Integer> maxRunning)
    implements Conf<TimerConf> {
  static final ConfKey<TimerConf> KEY =
      new ConfKey<>("lua_timer", new TimerConf(Setting.unset(), Setting.unset()));

  int pendingLimit() {
    return maxPending.orElse(1024);
  }

  int runningLimit() {
    return maxRunning.orElse(256);
  }

  @Override
  public TimerConf inherit(TimerConf outer) {
    return new TimerConf(
        maxPending.inherit(outer.maxPending), maxRunning.inherit(outer.maxRunning));
  }
}
