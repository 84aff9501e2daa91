package moonphase.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import moonphase.spi.LogLevel;
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
  private final Step step;
  private final AtomicBoolean concluded = new AtomicBoolean();

  /**
   * A wait.
   *
   * @param step whose handler waits
   */
  Suspended(KernelExchange exchange, Step step) {
    this.exchange = exchange;
    this.step = step;
  }

  Step step() {
    return step;
  }

  @Override
  public void conclude(Verdict verdict) {
    if (verdict == Verdict.SUSPENDED) {
      throw new IllegalArgumentException("a suspension cannot be concluded with SUSPENDED");
    }
    Worker worker = exchange.connection().worker();
    if (!concluded.compareAndSet(false, true)) {
      worker.execute(() ->
          exchange.log().log(
              LogLevel.ALERT, "the " + step.handlerName() + " concluded its wait twice"));
      throw new IllegalStateException("the suspension was concluded before");
    }
    if (worker.isCurrent()) {
      exchange.calls().resume(this, verdict);
    } else {
      worker.execute(() -> exchange.calls().resume(this, verdict));
    }
  }
}
