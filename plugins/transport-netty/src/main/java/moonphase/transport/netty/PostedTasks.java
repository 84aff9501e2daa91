package moonphase.transport.netty;

import java.util.ArrayDeque;
import moonphase.spi.Worker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tasks for the end of a loop's turn, once its sockets have been served; what they post in their
 * turn waits for the next one, so that sockets are never left waiting. Worker thread only.
 *
 * <p>Source: ngx_event_process_posted.
 */
final class PostedTasks {
  private static final Logger LOG = LoggerFactory.getLogger(PostedTasks.class);

  private final ArrayDeque<Task> tasks = new ArrayDeque<>();

  private static final class Task implements Worker.Cancellable {
    private Runnable body;

    Task(Runnable body) {
      this.body = body;
    }

    @Override
    public void cancel() {
      body = () -> {};
    }
  }

  /** Adds a task. */
  Worker.Cancellable post(Runnable body) {
    Task task = new Task(body);
    tasks.add(task);
    return task;
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Runs those that are there now; a failure is logged and does not keep the others from it. */
  void run() {
    for (int left = tasks.size(); left > 0; left--) {
      try {
        tasks.remove().body.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a task of a worker failed", e);
      }
    }
  }
}
