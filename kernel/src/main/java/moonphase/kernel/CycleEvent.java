package moonphase.kernel;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code moonphase.Cycle}: from now on new requests see this cycle of their generation. */
@Name("moonphase.Cycle")
@Label("Cycle published")
@Category("Moonphase")
@StackTrace(false)
final class CycleEvent extends Event {
  @Label("Generation")
  final int generation;

  @Label("Number")
  final int number;

  @Label("Closed modules")
  final String closed;

  CycleEvent(Cycle cycle) {
    this.generation = cycle.generation().number();
    this.number = cycle.number();
    this.closed = String.join(" ", cycle.closed().modules());
  }
}
