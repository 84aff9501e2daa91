package moonphase.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import moonphase.spi.Worker;

/**
 * One wait of one exchange.
 *
 * <p>Threads: concluded once, by any thread; the exchange goes on on its worker.
 */
final class Suspended implements Suspension {
  private final KernelExchange exchange;
  private final AtomicBoolean concluded = new AtomicBoolean();

  Suspended(KernelExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public void conclude(Verdict verdict) {
    if (verdict == Verdict.SUSPENDED) {
      throw new IllegalArgumentException("a suspension cannot be concluded with SUSPENDED");
    }
    if (!concluded.compareAndSet(false, true)) {
      throw new IllegalStateException("the suspension was concluded before");
    }
    Worker worker = exchange.connection().worker();
    if (worker.isCurrent()) {
      exchange.calls().resume(this, verdict);
    } else {
      worker.execute(() -> exchange.calls().resume(this, verdict));
    }
  }
}
