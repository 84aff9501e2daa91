package moonphase.testkit;

import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import moonphase.spi.Worker;

/**
 * An event loop whose clock jumps to the next timer as soon as nothing else is to be done and a
 * request is waiting.
 *
 * <p>Threads: the queue and the count of open requests are for any thread; timers and clock belong
 * to the worker's.
 */
final class MemoryWorker implements Worker {
  private static final int STACK_BYTES = 32 << 20;
  private static final long IDLE_MILLIS = 2;

  private final int index;
  private final Thread thread;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private long skew;
  private long cachedMillis = System.currentTimeMillis();
  private long sequence;
  private volatile boolean stopped;

  MemoryWorker(int index) {
    this.index = index;
    this.thread = new Thread(null, this::loop, "memory-worker-" + index, STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  /** A request was handed in. Any thread. */
  void begin() {
    open.incrementAndGet();
  }

  /** A request was answered. Worker thread. */
  void end() {
    open.decrementAndGet();
  }

  void stop() {
    stopped = true;
    thread.interrupt();
  }

  void advance(long millis) {
    CountDownLatch passed = new CountDownLatch(1);
    execute(() -> {
      long until = now() + millis;
      while (!timers.isEmpty() && timers.peek().due <= until) {
        jumpToNextTimer();
      }
      skew += Math.max(0, until - now());
      cachedMillis = now();
      passed.countDown();
    });
    try {
      passed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!stopped) {
      try {
        Runnable task = tasks.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        cachedMillis = now();
        if (task != null) {
          run(task);
        } else if (open.get() > 0 && !timers.isEmpty()) {
          jumpToNextTimer();
        }
      } catch (InterruptedException e) {
        // stop() interrupts; nobody else does
        continue;
      }
    }
  }

  private void jumpToNextTimer() {
    Timer next = timers.poll();
    skew += Math.max(0, next.due - now());
    cachedMillis = now();
    run(next.task);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      Thread.currentThread()
          .getUncaughtExceptionHandler()
          .uncaughtException(Thread.currentThread(), e);
    }
  }

  private long now() {
    return System.currentTimeMillis() + skew;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public long threadId() {
    return thread.threadId();
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  @Override
  public Cancellable schedule(long delayMillis, Runnable task) {
    Timer timer = new Timer(now() + delayMillis, sequence++, task);
    timers.add(timer);
    return () -> timers.remove(timer);
  }

  @Override
  public long currentMillis() {
    return cachedMillis;
  }

  @Override
  public void updateTime() {
    cachedMillis = now();
  }

  private record Timer(long due, long order, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      return due == other.due ? Long.compare(order, other.order) : Long.compare(due, other.due);
    }
  }
}
