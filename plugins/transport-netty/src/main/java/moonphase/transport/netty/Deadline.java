package moonphase.transport.netty;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A moment at which something happens unless it is put off. Putting it off costs next to nothing:
 * the timer under way looks again when it fires. Worker thread only.
 */
final class Deadline {
  private final NettyWorker worker;
  private final Runnable action;
  private boolean set;
  private long at;
  private @Nullable Future<?> timer;
  private long timerAt;

  Deadline(NettyWorker worker, Runnable action) {
    this.worker = worker;
    this.action = action;
  }

  /** Sets the moment, in milliseconds from the time of this turn. */
  void set(long millis) {
    set = true;
    at = worker.currentNanos() + TimeUnit.MILLISECONDS.toNanos(millis);
    if (timer == null) {
      start();
    } else if (timerAt - at > 0) {
      timer.cancel(false);
      start();
    }
  }

  /** The moment that was set last, in the nanoseconds of {@link System#nanoTime}. */
  long at() {
    return at;
  }

  boolean isSet() {
    return set;
  }

  /** Calls it off; a timer may stay under way. */
  void clear() {
    set = false;
  }

  /** Calls it off for good. */
  void end() {
    set = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void start() {
    timerAt = at;
    timer = worker.loop().schedule(this::fire, at - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private void fire() {
    timer = null;
    if (!set) {
      return;
    }
    if (at - System.nanoTime() > 0) {
      start();
      return;
    }
    set = false;
    action.run();
  }
}
