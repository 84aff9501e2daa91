package moonphase.transport.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import org.jspecify.annotations.Nullable;

/**
 * A loop's clock: it is read at most once in a turn of the loop, when somebody asks. It learns of a
 * new turn by standing between the loop and its selector; so it is here that the tasks posted to
 * the end of a turn are run. Worker thread only.
 */
final class LoopClock implements IoHandler {
  private final IoHandler selector;
  private final PostedTasks posted = new PostedTasks();
  private boolean stale = true;
  private long millis;
  private long nanos;
  private @Nullable Runnable selected;

  LoopClock(IoHandler selector) {
    this.selector = selector;
  }

  /** The time in this turn, in milliseconds since the epoch. */
  long millis() {
    if (stale) {
      update();
    }
    return millis;
  }

  /** The same by {@link System#nanoTime}. */
  long nanos() {
    if (stale) {
      update();
    }
    return nanos;
  }

  /** Reads the clock anew. */
  void update() {
    millis = System.currentTimeMillis();
    nanos = System.nanoTime();
    stale = false;
  }

  /** What runs at the end of this turn. */
  PostedTasks posted() {
    return posted;
  }

  /** Has something run once, when the selector has next looked at its sockets. */
  void afterNextSelect(Runnable once) {
    Runnable before = selected;
    selected =
        before == null
            ? once
            : () -> {
              before.run();
              once.run();
            };
  }

  @Override
  public int run(IoHandlerContext context) {
    stale = true;
    Runnable once = selected;
    selected = null;
    int events = selector.run(posted.isEmpty() ? context : new Hurried(context));
    if (once != null) {
      once.run();
    }
    posted.run();
    return events;
  }

  /** A selector that is not to wait for sockets: there is something to do. */
  private record Hurried(IoHandlerContext context) implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return false;
    }

    @Override
    public long delayNanos(long now) {
      return 0;
    }

    @Override
    public long deadlineNanos() {
      return context.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long nanos) {
      context.reportActiveIoTime(nanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return context.shouldReportActiveIoTime();
    }
  }

  @Override
  public void initialize() {
    selector.initialize();
  }

  @Override
  public void prepareToDestroy() {
    selector.prepareToDestroy();
  }

  @Override
  public void destroy() {
    selector.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return selector.register(handle);
  }

  @Override
  public void wakeup() {
    selector.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> type) {
    return selector.isCompatible(type);
  }
}
