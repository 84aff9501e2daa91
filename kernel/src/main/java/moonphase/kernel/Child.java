package moonphase.kernel;

import moonphase.spi.LogLevel;
import moonphase.spi.Subrequest;
import org.jspecify.annotations.Nullable;

/** What makes an exchange a subrequest: its parent, and who is told. Worker thread only. */
final class Child {
  private static final byte[] NOTHING = new byte[0];

  private final KernelExchange exchange;
  private final KernelExchange parent;
  private final Subrequest asked;
  private final @Nullable Capture capture;
  private final int depth;
  private boolean cut;

  Child(KernelExchange exchange, KernelExchange parent, Subrequest asked) {
    this.exchange = exchange;
    this.parent = parent;
    this.asked = asked;
    this.capture =
        asked.isApart()
            ? new Capture(exchange, asked.output() == Subrequest.Output.CAPTURED)
            : null;
    this.depth = Subrequests.depth(parent) + 1;
  }

  KernelExchange parent() {
    return parent;
  }

  Subrequest asked() {
    return asked;
  }

  int depth() {
    return depth;
  }

  /** Whether output stays apart from the parent's. */
  boolean isApart() {
    return capture != null;
  }

  /** Whether whoever asked gets the body. */
  boolean isCaptured() {
    return asked.output() == Subrequest.Output.CAPTURED;
  }

  /** Notes that the end of the response was lost on its way. */
  void truncated() {
    cut = true;
  }

  /** Where output goes that stays apart. */
  Capture capture() {
    if (capture == null) {
      throw new IllegalStateException("the subrequest's output is its parent's");
    }
    return capture;
  }

  /** The response ends before its time. */
  void cut() {
    cut = true;
    if (capture != null) {
      capture.cut();
    }
  }

  /** Whether all output was handed on: captured, or put in order with the parent's. */
  boolean isDelivered() {
    return !exchange.response().isReading() && (capture == null || capture.isDone());
  }

  /** Tells whoever asked. */
  void tell() {
    try {
      asked
          .done()
          .done(
              exchange,
              capture == null ? NOTHING : capture.bytes(),
              cut || (capture != null && capture.isTruncated()));
    } catch (RuntimeException | Error e) {
      exchange.log().log(LogLevel.ALERT, "a listener of a subrequest failed", e);
      parent.ending().terminate(500);
    }
  }
}
