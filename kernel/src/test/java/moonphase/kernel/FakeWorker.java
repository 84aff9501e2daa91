package moonphase.kernel;

import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import moonphase.spi.Worker;
import org.jspecify.annotations.NullUnmarked;

/**
 * A worker whose loop is turned by whoever calls {@link #turn}: the same thread is the worker's
 * while it does. Its clock moves by hand.
 */
@NullUnmarked
final class FakeWorker implements Worker {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private volatile Thread turning;
  private long now = 1_000_000;
  private long sequence;

  private record Timer(long due, long order, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return due == other.due ? Long.compare(order, other.order) : Long.compare(due, other.due);
    }
  }

  /** Runs what is to be run now. */
  void turn() {
    turning = Thread.currentThread();
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    } finally {
      turning = null;
    }
  }

  /** Lets time pass, and runs what falls due. */
  void advance(long millis) {
    long until = now + millis;
    turn();
    while (!timers.isEmpty() && timers.peek().due <= until) {
      Timer timer = timers.poll();
      now = timer.due;
      tasks.add(timer.task);
      turn();
    }
    now = until;
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public long threadId() {
    return 7;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return turning == Thread.currentThread();
  }

  @Override
  public Cancellable schedule(long delayMillis, Runnable task) {
    Timer timer = new Timer(now + delayMillis, sequence++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public long currentMillis() {
    return now;
  }

  @Override
  public void updateTime() {
    // the clock moves by hand
  }
}
