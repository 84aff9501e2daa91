package moonphase.kernel;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** {@code moonphase.Generation}: a generation began to serve, or nothing of it runs any more. */
@Name("moonphase.Generation")
@Label("Generation")
@Category("Moonphase")
@StackTrace(false)
final class GenerationEvent extends Event {
  @Label("Number")
  final int number;

  @Label("State")
  final String state;

  private GenerationEvent(KernelGeneration generation, String state) {
    this.number = generation.number();
    this.state = state;
  }

  static void started(KernelGeneration generation) {
    new GenerationEvent(generation, "started").commit();
  }

  static void retired(KernelGeneration generation) {
    new GenerationEvent(generation, "retired").commit();
  }
}
