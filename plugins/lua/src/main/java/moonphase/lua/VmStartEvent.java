package moonphase.lua;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * {@code moonphase.VmStart}: a VM was started, or could not be; with the time of each step. Its
 * preload hooks are {@code moonphase.Preload}, one each.
 */
@Name("moonphase.VmStart")
@Label("Lua VM start")
@Category("Moonphase")
@StackTrace(false)
final class VmStartEvent extends Event {
  @Label("Generation")
  final int generation;

  @Label("Worker")
  final int worker;

  @Label("For one request")
  final boolean ofRequest;

  @Label("Preload hooks")
  final int hooks;

  @Label("State and libraries")
  @Timespan(Timespan.NANOSECONDS)
  long libraries;

  @Label("Package path, registry and globals")
  @Timespan(Timespan.NANOSECONDS)
  long globals;

  @Label("Adding preload hooks")
  @Timespan(Timespan.NANOSECONDS)
  long preloads;

  @Label("init_by_lua")
  @Timespan(Timespan.NANOSECONDS)
  long init;

  private transient long last = System.nanoTime();

  VmStartEvent(int generation, int worker, boolean ofRequest, int hooks) {
    this.generation = generation;
    this.worker = worker;
    this.ofRequest = ofRequest;
    this.hooks = hooks;
    begin();
  }

  /** Nanoseconds since the last call, or since the beginning. */
  long lap() {
    long before = last;
    last = System.nanoTime();
    return last - before;
  }
}
