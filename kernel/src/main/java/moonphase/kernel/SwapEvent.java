package moonphase.kernel;

import java.util.Set;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * {@code moonphase.Swap}: modules went, open requests on them were waited for, and they came back.
 * It lasts from the first to the last, and is written then; modules that do not come back have
 * none. One thread at a time.
 */
@Name("moonphase.Swap")
@Label("Swap of modules")
@Category("Moonphase")
@StackTrace(false)
final class SwapEvent extends Event {
  @Label("Modules")
  final String modules;

  @Label("Closed after")
  @Timespan(Timespan.NANOSECONDS)
  long closed;

  @Label("Waited until")
  @Timespan(Timespan.NANOSECONDS)
  long waited;

  @Label("Reopened after")
  @Timespan(Timespan.NANOSECONDS)
  long reopened;

  private final transient long began = System.nanoTime();
  private final transient Going going;

  SwapEvent(Going going) {
    this.going = going;
    this.modules = String.join(" ", going.modules());
    begin();
  }

  /** What they have done by now is closed. */
  void closed() {
    closed = System.nanoTime() - began;
  }

  /** No request is on them any more. */
  void waited() {
    waited = System.nanoTime() - began;
  }

  /** Writes it if they are all among what is open. */
  boolean isReopened(Set<String> open) {
    if (!open.containsAll(going.modules())) {
      return false;
    }
    reopened = System.nanoTime() - began;
    commit();
    return true;
  }
}
