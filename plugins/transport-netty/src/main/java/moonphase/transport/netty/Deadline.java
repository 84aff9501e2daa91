package moonphase.transport.netty;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A moment at which something happens unless it is put off. Putting it off costs next to nothing:
 * the timer under way looks again when it fires. Worker thread only.
 */
final class Deadline {
  private final EventLoop loop;
  private final Runnable action;
  private boolean set;
  private long at;
  private @Nullable Future<?> timer;
  private long timerAt;

  Deadline(EventLoop loop, Runnable action) {
    this.loop = loop;
    this.action = action;
  }

  /** Sets the moment, in milliseconds from now. */
  void set(long millis) {
    set = true;
    at = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
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
    timer = loop.schedule(this::fire, at - System.nanoTime(), TimeUnit.NANOSECONDS);
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
