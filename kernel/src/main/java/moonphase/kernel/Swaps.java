package moonphase.kernel;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * Lets a server follow the services that come and go.
 *
 * <p>Threads: whoever has a service leave closes and waits on its own thread, so that two swaps, a
 * reload and an end do not wait for one another; what comes is taken over on the control thread. A
 * worker never waits, and nobody does while the framework stops.
 */
final class Swaps implements ModuleRegistry.Follower {
  /** After a service came, how long others of the same bundle may take to follow. */
  private static final long SETTLE_MILLIS = 50;

  /** After a service went and did not come back, when its classes are forgotten. */
  private static final long FORGET_MILLIS = 500;

  private record Followed(Supplier<Offer> offers, Server server) {}

  private final ScheduledExecutorService control;
  private final BooleanSupplier isStopping;
  private final BooleanSupplier isIncomplete;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile @Nullable Followed followed;

  /** Since when a new generation is put off; 0 if none is. The control thread's. */
  private long pendingSince;

  /** What the server was made of last. The control thread's. */
  private @Nullable Offer last;

  /**
   * Follows nothing yet.
   *
   * @param isStopping whether the framework stops
   * @param isIncomplete whether a bundle is to be started and is not
   */
  Swaps(
      ScheduledExecutorService control, BooleanSupplier isStopping, BooleanSupplier isIncomplete) {
    this.control = control;
    this.isStopping = isStopping;
    this.isIncomplete = isIncomplete;
  }

  /**
   * Begins.
   *
   * @param offers says what there is
   */
  void follow(Supplier<Offer> offers, Server server) {
    followed = new Followed(offers, server);
    later(SETTLE_MILLIS); // what came while the server started
  }

  void rest() {
    followed = null;
  }

  @Override
  public void came(boolean isWhole) {
    if (isWhole) {
      schedule(this::look, 0);
    } else {
      later(SETTLE_MILLIS);
    }
  }

  @Override
  public void going(Going going) {
    Followed now = followed;
    if (now == null || isStopping.getAsBoolean()) {
      return;
    }
    now.server.departures().close(going);
    if (!now.server.generations().isOnWorker()) {
      now.server.departures().drain(going);
    }
    later(FORGET_MILLIS);
  }

  private void later(long millis) {
    if (followed != null && due.compareAndSet(false, true)) {
      schedule(
          () -> {
            due.set(false);
            look();
          },
          millis);
    }
  }

  private void schedule(Runnable task, long millis) {
    try {
      control.schedule(() -> run(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      due.set(false); // this bundle stops as well, nobody is served any more
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Followed now = followed;
      if (now != null) {
        now.server
            .generations()
            .current()
            .ifPresent(
                generation -> generation.log().log(LogLevel.ALERT, "a swap of modules failed", e));
      }
    }
  }

  private void look() {
    Followed now = followed;
    if (now == null) {
      return;
    }
    long timeout =
        now.server.generations().current().map(KernelGeneration::moduleSwapTimeout).orElse(0L);
    Offer offer = now.offers.get();
    boolean isSettling = offer.closings().stream().anyMatch(c -> c.millis() < timeout);
    if (isSettling && last != null && last.plugins().containsAll(offer.plugins())) {
      schedule(this::look, timeout); // nothing came, what went is waited for
      return;
    }
    if (now.server.wouldStartGeneration(offer)
        && (isSettling || isIncomplete.getAsBoolean())
        && isEarly(timeout)) {
      now.server.changeWithoutGeneration(offer); // what belongs to it may still be on its way
      later(SETTLE_MILLIS);
      return;
    }
    pendingSince = 0;
    if (isSettling || !offer.equals(last)) {
      now.server.change(offer);
      last = offer;
    }
    if (isSettling) {
      schedule(this::look, timeout); // to open what only writes a log
    }
  }

  private boolean isEarly(long timeout) {
    pendingSince = pendingSince == 0 ? System.nanoTime() : pendingSince;
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - pendingSince) < timeout / 2;
  }
}
