package moonphase.transport.netty;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import moonphase.spi.HttpHandler;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;

/**
 * An event loop with its thread.
 *
 * <p>Threads: what is not said to be for any thread is for the worker's own. After the transport's
 * shutdown tasks are refused with a RejectedExecutionException.
 */
final class NettyWorker implements Worker {
  /** A Lua stack of some depth lies on it. */
  private static final long STACK_BYTES = 32L << 20;

  private final int index;
  private final EventLoop loop;
  private final Thread thread;
  private final long threadId;
  private final LoopClock clock;
  private final ConnectionLimit limit;
  private final FieldNames names = new FieldNames();
  private final ReadBuffers readBuffers = new ReadBuffers();
  private final HeadBuffers headBuffers = new HeadBuffers();
  private final OutputBuffers outputBuffers = new OutputBuffers();
  private final HeadWriter headWriter = new HeadWriter(this);
  private final List<HttpConnection> connections = new ArrayList<>();
  private long reuseSecond;
  private boolean stopping;
  private @Nullable CompletableFuture<Void> empty;

  private NettyWorker(
      int index,
      EventLoop loop,
      Thread thread,
      long threadId,
      LoopClock clock,
      ConnectionLimit limit) {
    this.index = index;
    this.loop = loop;
    this.thread = thread;
    this.threadId = threadId;
    this.clock = clock;
    this.limit = limit;
  }

  /** Starts a worker; blocks until its thread runs. Any thread. */
  static NettyWorker start(int index, IoHandlerFactory selectors, ConnectionLimit limit) {
    LoopClock[] clock = new LoopClock[1];
    Thread[] thread = new Thread[1];
    EventLoop loop =
        new SingleThreadIoEventLoop(
            null,
            body -> {
              thread[0] = new FastThreadLocalThread(null, body, "worker-" + index, STACK_BYTES);
              thread[0].setDaemon(true);
              return thread[0];
            },
            executor -> clock[0] = new LoopClock(selectors.newHandler(executor)));
    long id = loop.submit(NettyWorker::currentThreadId).syncUninterruptibly().getNow();
    return new NettyWorker(index, loop, thread[0], id, clock[0], limit);
  }

  /** The kernel's number of the calling thread. */
  private static long currentThreadId() {
    Path self = Path.of("/proc/thread-self");
    if (!Files.exists(self)) {
      return ProcessHandle.current().pid(); // no Linux: the process is the best there is
    }
    try {
      return Long.parseLong(Files.readSymbolicLink(self).getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public long threadId() {
    return threadId;
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public boolean isCurrent() {
    return loop.inEventLoop();
  }

  @Override
  public Cancellable schedule(long delayMillis, Runnable task) {
    if (delayMillis == 0) {
      return clock.posted().post(task);
    }
    Future<?> timer = loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    return () -> timer.cancel(false);
  }

  @Override
  public long currentMillis() {
    return clock.millis();
  }

  @Override
  public void updateTime() {
    clock.update();
  }

  /** The time as the loop last read it, by {@link System#nanoTime}. */
  long currentNanos() {
    return clock.nanos();
  }

  /** The loop. Any thread. */
  EventLoop loop() {
    return loop;
  }

  FieldNames names() {
    return names;
  }

  ReadBuffers readBuffers() {
    return readBuffers;
  }

  OutputBuffers outputBuffers() {
    return outputBuffers;
  }

  HeadBuffers headBuffers() {
    return headBuffers;
  }

  HeadWriter headWriter() {
    return headWriter;
  }

  /** Whether connections end with the response they are at. */
  boolean isStopping() {
    return stopping;
  }

  /**
   * Whether there is a place for another connection, which idle ones may have to make.
   *
   * @param handler is told if places are short
   */
  boolean admit(HttpHandler handler) {
    if (limit.isShort(connections.size())) {
      reuseIdle(handler);
    }
    if (limit.free(connections.size()) > 0) {
      return true;
    }
    handler.note(this, LogLevel.ALERT, limit.perWorker() + " worker_connections are not enough");
    return false;
  }

  /** Closes those idle connections that have been so for long. */
  private void reuseIdle(HttpHandler handler) {
    List<HttpConnection> idle = new ArrayList<>();
    for (HttpConnection connection : connections) {
      if (connection.isIdle()) {
        idle.add(connection);
      }
    }
    if (idle.isEmpty()) {
      return;
    }
    long second = currentMillis() / 1000;
    if (second != reuseSecond) {
      reuseSecond = second;
      handler.note(
          this,
          LogLevel.WARN,
          limit.perWorker() + " worker_connections are not enough, reusing connections");
    }
    idle.sort((a, b) -> Long.signum(a.idleUntil() - b.idleUntil()));
    idle.subList(0, ConnectionLimit.reused(idle.size())).forEach(HttpConnection::giveWay);
  }

  /** Takes note of a connection; returns where it stands. */
  int add(HttpConnection connection) {
    connections.add(connection);
    return connections.size() - 1;
  }

  /** Forgets the connection that stands at {@code slot}; the last one moves there. */
  void remove(int slot) {
    HttpConnection last = connections.removeLast();
    if (slot < connections.size()) {
      connections.set(slot, last);
      last.slot(slot);
    }
    if (connections.isEmpty() && empty != null) {
      empty.complete(null);
    }
  }

  /**
   * Closes the connections among those chosen that have been served, each when its last response
   * has left. Any thread; does not wait.
   */
  void closeIdle(Predicate<HttpConnection> which) {
    loop.execute(() -> {
      for (HttpConnection connection : List.copyOf(connections)) {
        if (which.test(connection)) {
          connection.closeIfServed();
        }
      }
    });
  }

  /**
   * Waits for the next turn of the loop: the JDK lets go of a closed socket only when its selector
   * has looked. Any other thread.
   */
  void awaitTurn() {
    CompletableFuture<Void> turned = new CompletableFuture<>();
    loop.execute(() -> {
      clock.afterNextSelect(() -> turned.complete(null));
      loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS);
    });
    turned.join();
  }

  /** Lets connections end with the response they are at; done when none is left. Any thread. */
  CompletableFuture<Void> drain() {
    CompletableFuture<Void> drained = new CompletableFuture<>();
    loop.execute(() -> {
      stopping = true;
      empty = drained;
      if (connections.isEmpty()) {
        drained.complete(null);
      }
    });
    closeIdle(connection -> true);
    return drained;
  }

  /** Closes what is open and ends the thread. Any other thread; blocks until it has ended. */
  void stop() throws InterruptedException {
    loop.execute(() -> {
      List.copyOf(connections).forEach(HttpConnection::close);
      readBuffers.end();
      outputBuffers.end();
    });
    loop.shutdownGracefully(0, 10, TimeUnit.SECONDS);
    thread.join();
  }
}
