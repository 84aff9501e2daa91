package moonphase.lua;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code moonphase.Preload}: a preload hook came into a VM, or left it. */
@Name("moonphase.Preload")
@Label("Lua preload hook")
@Category("Moonphase")
@StackTrace(false)
final class PreloadEvent extends Event {
  @Label("Module")
  final String module;

  @Label("Origin")
  final String origin;

  @Label("Worker")
  final int worker;

  @Label("Added")
  final boolean added;

  PreloadEvent(String module, String origin, int worker, boolean added) {
    this.module = module;
    this.origin = origin;
    this.worker = worker;
    this.added = added;
  }
}
