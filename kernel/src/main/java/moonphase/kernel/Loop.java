package moonphase.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What a worker's event loop is in at the moment: the slot in which it says so.
 *
 * <p>Threads: the worker writes, as cheaply as can be; {@link Watchdog} reads. What it reads may be
 * a little old, never torn.
 */
sealed class Loop permits Loop.Padded {
  private static final VarHandle INSIDE;
  private static final VarHandle TURN;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      INSIDE = lookup.findVarHandle(Loop.class, "inside", Object.class);
      TURN = lookup.findVarHandle(Loop.class, "turn", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Object inside;
  private long turn;
  private volatile @Nullable Thread thread;

  private Loop() {}

  /** The slot of a worker, on cache lines of its own. */
  static Loop ofOneWorker() {
    return new Padded();
  }

  /** Keeps the slot of the next worker, which is allocated behind this one, away. */
  static final class Padded extends Loop {
    long pad0;
    long pad1;
    long pad2;
    long pad3;
    long pad4;
    long pad5;
    long pad6;
    long pad7;
    long pad8;
    long pad9;
    long pad10;
    long pad11;
    long pad12;
    long pad13;
    long pad14;
    long pad15;

    private Padded() {}
  }

  /** What runs now, to be given back to {@link #leave}; null for nothing. Worker thread only. */
  @Nullable Object inside() {
    return inside;
  }

  /** Goes into a {@link Step}'s handler or a filter. Worker thread only. */
  void enter(Object next) {
    if (inside == null) {
      TURN.setOpaque(this, turn + 1);
      if (thread != Thread.currentThread()) {
        thread = Thread.currentThread();
      }
    }
    INSIDE.setOpaque(this, next);
  }

  /** Comes back to what ran before. Worker thread only. */
  void leave(@Nullable Object outer) {
    INSIDE.setOpaque(this, outer);
  }

  /** What runs now; null for nothing. Any thread. */
  @Nullable Object watch() {
    return INSIDE.getOpaque(this);
  }

  /** Counts the times that the loop went into something from outside. Any thread. */
  long turn() {
    return (long) TURN.getOpaque(this);
  }

  /** The worker's thread; null before its first turn. Any thread. */
  @Nullable Thread thread() {
    return thread;
  }
}
