package moonphase.spi;

import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One event loop: a thread, and everything of the connections that it accepted.
 *
 * <p>{@link #execute} and {@link #isCurrent} may be called from any thread, the rest on the worker
 * thread only.
 */
@ProviderType
public interface Worker extends Executor {
  /** Its number, from 0. */
  int index();

  /** The kernel's id of its thread; log lines and {@code ngx.worker.pid()} show it. */
  long threadId();

  /** Runs a task on the worker thread, soon, in order. Any thread. */
  @Override
  void execute(Runnable task);

  /** Whether the calling thread is the worker's. Any thread. */
  boolean isCurrent();

  /**
   * Runs a task once, later.
   *
   * @param delayMillis 0 or more
   */
  Cancellable schedule(long delayMillis, Runnable task);

  /** The time at the last turn of the loop, in milliseconds since the epoch. */
  long currentMillis();

  /** Reads the clock anew for {@link #currentMillis()}. */
  void updateTime();

  /** A task that can be called off. Worker thread only. */
  @ProviderType
  interface Cancellable {
    /** Calls the task off; without effect if it has run. */
    void cancel();
  }
}
