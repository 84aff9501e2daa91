package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.LogLevel;
import moonphase.spi.Verdict;
import moonphase.spi.Worker;

/**
 * The requests of one worker that wait for a module to come back. Worker thread only.
 *
 * <p>A request that nothing was answered to yet, and whose body is unread, waits and starts over
 * with the next cycle; any other, and one too many, is answered 503 at once.
 */
final class HeldRequests {
  private static final int MOST = 1024;

  private final List<Held> held = new ArrayList<>();

  private record Held(KernelExchange exchange, long since, Worker.Cancellable timeout) {}

  HeldRequests() {}

  /** Holds a request, or answers it; returns whether the walk goes on. */
  static boolean hold(KernelExchange exchange) {
    KernelGeneration generation = exchange.cycle().generation();
    Worker worker = exchange.connection().worker();
    long left = generation.moduleSwapTimeout() - exchange.heldMillis();
    if (exchange.isSubrequest()
        || exchange.response().isHeaderSent()
        || !(exchange.request().body() instanceof StoredBody body && body.isUntouched())
        || left <= 0
        || generation.isExiting()
        || !generation.held(worker).add(exchange, left)) {
      exchange.log().log(LogLevel.ERROR, "a module that this location uses is not there");
      return Finalizer.apply(exchange, Verdict.finish(503));
    }
    return false;
  }

  private boolean add(KernelExchange exchange, long left) {
    if (held.size() >= MOST) {
      return false;
    }
    Worker worker = exchange.connection().worker();
    Worker.Cancellable timeout = worker.schedule(left, () -> giveUp(exchange));
    held.add(new Held(exchange, worker.currentMillis(), timeout));
    return true;
  }

  private void giveUp(KernelExchange exchange) {
    if (held.removeIf(h -> h.exchange == exchange)) {
      exchange.log().log(LogLevel.ERROR, "a module that this location uses did not come back");
      if (Finalizer.apply(exchange, Verdict.finish(503))) {
        exchange.walk();
      }
    }
  }

  /** Lets all requests start over with another cycle. */
  void release(Cycle cycle) {
    List<Held> all = List.copyOf(held);
    held.clear();
    for (Held one : all) {
      one.timeout.cancel();
      KernelExchange old = one.exchange;
      long waited = old.connection().worker().currentMillis() - one.since;
      old.ending().abandon();
      Arrival.begin(cycle, old.stream(), old.listen(), old.heldMillis() + waited);
    }
  }
}
