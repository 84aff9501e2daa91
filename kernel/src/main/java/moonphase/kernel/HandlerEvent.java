package moonphase.kernel;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/**
 * {@code moonphase.Handler}: a handler kept its worker longer than the threshold, 20 ms unless the
 * recording says otherwise. What a handler waits for while it is suspended does not count.
 */
@Name("moonphase.Handler")
@Label("Handler that kept its worker")
@Category("Moonphase")
@Threshold("20 ms")
@StackTrace(false)
final class HandlerEvent extends Event {
  /** Is asked whether such events are wanted, so that nothing is allocated if not. */
  private static final HandlerEvent ASKED = new HandlerEvent();

  @Label("Handler")
  @Nullable String handler;

  @Label("URI")
  @Nullable String uri;

  private HandlerEvent() {}

  /** Takes the time from now; null if nobody records. */
  static @Nullable HandlerEvent begun() {
    if (!ASKED.isEnabled()) {
      return null;
    }
    HandlerEvent event = new HandlerEvent();
    event.begin();
    return event;
  }

  /** The handler has returned. */
  void ended(Step step, KernelExchange exchange) {
    end();
    if (shouldCommit()) {
      handler = step.handlerName();
      uri = exchange.request().uri();
      commit();
    }
  }
}
