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
    this.capture = asked.isCaptured() ? new Capture(exchange) : null;
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

  boolean isCaptured() {
    return capture != null;
  }

  /** Where captured output goes. */
  Capture capture() {
    if (capture == null) {
      throw new IllegalStateException("the subrequest is not captured");
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
    return capture == null || capture.isDone();
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
