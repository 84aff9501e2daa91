package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import moonphase.kernel.conf.Listen;
import moonphase.spi.LogLevel;
import moonphase.spi.Verdict;
import moonphase.spi.Worker;

/**
 * The requests of one worker that wait for a module to come back. Worker thread only.
 *
 * <p>A request that nothing was answered to yet, and whose body is unread, waits and starts over
 * with the next cycle, of whatever generation; any other, and one too many, is answered 503 at
 * once.
 */
final class HeldRequests {
  private static final int MOST = 1024;

  private final Generations generations;
  private final List<Held> held = new ArrayList<>();

  private record Held(KernelExchange exchange, long since, Worker.Cancellable timeout) {}

  HeldRequests(Generations generations) {
    this.generations = generations;
  }

  /** Holds a request, or answers it; returns whether the walk goes on. */
  static boolean hold(KernelExchange exchange) {
    KernelGeneration generation = exchange.cycle().generation();
    Worker worker = exchange.connection().worker();
    long left = generation.moduleSwapTimeout() - exchange.heldMillis();
    if (exchange.isSubrequest()
        || exchange.response().isHeaderSent()
        || !(exchange.request().body() instanceof StoredBody body && body.isUntouched())
        || left <= 0
        || generation.isStopping()
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
    Held added = new Held(exchange, worker.currentMillis(), timeout);
    held.add(added);
    exchange.held(true);
    exchange.cycle().generation().open(worker).tell(); // it keeps nobody from leaving
    KernelGeneration now = generations.current().orElse(null);
    if (now != null && now.cycle() != exchange.cycle()) {
      worker.execute(() -> { // what serves now may have what this request began without
        if (held.remove(added)) {
          release(added, now.cycle());
        }
      });
    }
    return true;
  }

  private void giveUp(KernelExchange exchange) {
    if (held.removeIf(h -> h.exchange == exchange)) {
      exchange.log().log(LogLevel.ERROR, "a module that this location uses did not come back");
      finish(exchange);
    }
  }

  private static void finish(KernelExchange exchange) {
    exchange.held(false);
    if (Finalizer.apply(exchange, Verdict.finish(503))) {
      exchange.walk();
    }
  }

  /** Lets all requests start over with what serves now; if nothing does, they are answered. */
  void release() {
    List<Held> all = List.copyOf(held);
    held.clear();
    KernelGeneration now = generations.current().orElse(null);
    for (Held one : all) {
      if (now == null || now.isStopping()) {
        one.timeout.cancel();
        finish(one.exchange);
      } else {
        release(one, now.cycle());
      }
    }
  }

  private static void release(Held one, Cycle cycle) {
    one.timeout.cancel();
    KernelExchange old = one.exchange;
    int listen = listen(old, cycle);
    if (old.connection().isClosed()) {
      old.ending().terminateAll();
    } else if (listen < 0) {
      finish(old); // nobody listens any more where it came in
    } else {
      long waited = old.connection().worker().currentMillis() - one.since;
      old.ending().abandon();
      Arrival.begin(cycle, old.stream(), listen, old.heldMillis() + waited);
    }
  }

  private static int listen(KernelExchange old, Cycle cycle) {
    String address = old.cycle().configuration().listens().get(old.listen()).address().text();
    List<Listen> listens = cycle.configuration().listens();
    for (int i = 0; i < listens.size(); i++) {
      if (listens.get(i).address().text().equals(address)) {
        return i;
      }
    }
    return -1;
  }
}
