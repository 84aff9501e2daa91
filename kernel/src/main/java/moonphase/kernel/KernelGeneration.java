package moonphase.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.ErrorLog;
import moonphase.spi.FilePath;
import moonphase.spi.Generation;
import moonphase.spi.GenerationListener;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;

/**
 * One reading of the configuration and what lives as long as it.
 *
 * <p>Threads: any; what belongs to a worker ({@link #open}, {@link #begin}) is its own.
 */
final class KernelGeneration implements Generation {
  private final int number;
  private final List<Worker> workers;
  private volatile List<GenerationListener> listeners;
  private final LogFiles files;
  private final OpenRequests[] open;

  /** Whether the listeners were told that a worker began; each worker's own element. */
  private final boolean[] begun;

  /** The server's, by worker. */
  private final List<HeldRequests> held;

  /** The server's, by worker. */
  private final List<Loop> loops;

  /** What any cycle of this generation writes to. */
  private final Set<LogFile> logFiles = ConcurrentHashMap.newKeySet();

  private final AtomicInteger living;
  private final AtomicInteger cycles = new AtomicInteger();
  private final CompletableFuture<Void> retired = new CompletableFuture<>();

  /** Completed when the rights of the process are those that requests may have. */
  private final CompletableFuture<Void> opened = new CompletableFuture<>();

  private final TemporaryFiles temporaryFiles = new TemporaryFiles();

  /** What new requests see. */
  private final AtomicReference<Cycle> cycle;

  private volatile boolean exiting;
  private volatile boolean stopping;

  KernelGeneration(
      int number,
      Configuration configuration,
      Chain chain,
      List<Worker> workers,
      List<GenerationListener> listeners,
      List<HeldRequests> held,
      List<Loop> loops,
      LogFiles files) {
    this.number = number;
    this.workers = List.copyOf(workers);
    this.listeners = List.copyOf(listeners);
    this.files = files;
    this.open = new OpenRequests[workers.size()];
    Arrays.setAll(open, i -> new OpenRequests());
    this.held = List.copyOf(held);
    this.loops = List.copyOf(loops);
    this.begun = new boolean[workers.size()];
    this.living = new AtomicInteger(workers.size());
    this.cycle = new AtomicReference<>(new Cycle(this, configuration, chain, Cycle.Closed.NOTHING));
    this.logFiles.addAll(configuration.logFiles());
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public List<Worker> workers() {
    return workers;
  }

  @Override
  public <C extends Conf<C>> C conf(ConfKey<C> key) {
    return cycle().configuration().http().conf(key);
  }

  @Override
  public ErrorLog log() {
    return cycle().configuration().main().core().errorLog();
  }

  @Override
  public LogFile logFile(String name) {
    Path path = Path.of(prefix()).resolve(FilePath.of(name));
    LogFile file = files.open(path);
    logFiles.add(file);
    return file;
  }

  @Override
  public String prefix() {
    return cycle().configuration().source().prefix();
  }

  @Override
  public String confFile() {
    return cycle().configuration().source().confFile();
  }

  @Override
  public Map<String, String> environment() {
    return cycle().configuration().process().environment();
  }

  @Override
  public boolean isExiting() {
    return exiting;
  }

  /** Whether the whole server ends, so that connections do as well. */
  boolean isStopping() {
    return stopping;
  }

  Cycle cycle() {
    return Objects.requireNonNull(cycle.get());
  }

  /** The number of a cycle that is made. */
  int nextCycle() {
    return cycles.incrementAndGet();
  }

  /** Lets new requests see something else, and those that wait for it. */
  void publish(Cycle next) {
    logFiles.addAll(next.configuration().logFiles());
    new CycleEvent(cycle.updateAndGet(before -> next.withoutGone())).commit();
    release();
  }

  /** Lets new requests see nothing any more of what has gone. Any thread, does not block. */
  void withoutGone() {
    cycle.updateAndGet(Cycle::withoutGone);
  }

  /** Says that a module is not there, and what that means. */
  void warnOfAbsent(String module) {
    log().log(LogLevel.WARN, "module \"" + module + "\" is not there, what uses it is closed");
  }

  /** Lets requests that wait start over. */
  void release() {
    for (Worker worker : workers) {
      worker.execute(held(worker)::release);
    }
  }

  /** Where a worker says what it runs. */
  Loop loop(Worker worker) {
    return loops.get(worker.index());
  }

  /** The requests of a worker that wait for a module; on that worker only. */
  HeldRequests held(Worker worker) {
    return held.get(worker.index());
  }

  /** How long requests wait for a module, in milliseconds. */
  long moduleSwapTimeout() {
    return cycle().configuration().process().moduleSwapTimeout();
  }

  /** How long open requests go on after the end has begun, in milliseconds. */
  long shutdownTimeout() {
    long limit = cycle().configuration().process().workerShutdownTimeout();
    return limit == 0 ? Long.MAX_VALUE : limit;
  }

  /** The log files it uses. */
  Set<LogFile> logFiles() {
    return logFiles;
  }

  /** Tells the listeners that log files will be opened anew. */
  void reopening() {
    for (GenerationListener listener : listeners) {
      tell(listener, () -> listener.reopening(this));
    }
  }

  /** Lets requests in. */
  void open() {
    opened.complete(null);
  }

  /** Done as soon as requests are let in; those that come earlier wait. */
  CompletableFuture<Void> opened() {
    return opened;
  }

  /** Who is told of its life. */
  List<GenerationListener> listeners() {
    return listeners;
  }

  TemporaryFiles temporaryFiles() {
    return temporaryFiles;
  }

  /** The open requests of a worker; on that worker only. */
  OpenRequests open(Worker worker) {
    return open[worker.index()];
  }

  /** Tells the listeners that a worker serves this generation, once; on that worker only. */
  void begin(Worker worker) {
    if (!begun[worker.index()]) {
      begun[worker.index()] = true;
      for (GenerationListener listener : listeners) {
        tell(listener, () -> listener.workerStarted(this, worker));
      }
    }
  }

  /** Tells the listeners that the configuration was read; their refusal passes through. */
  void configured() {
    try {
      for (GenerationListener listener : listeners) {
        listener.configured(this);
      }
    } catch (RuntimeException | Error e) {
      drop();
      throw e;
    }
  }

  /**
   * Goes on with other listeners; those that are new are told what the others were told. Not on a
   * worker.
   */
  void listeners(List<GenerationListener> now) {
    List<GenerationListener> added = new ArrayList<>(now);
    List<GenerationListener> told = listeners;
    added.removeIf(listener -> Offer.holds(told, listener));
    listeners = List.copyOf(now);
    for (GenerationListener listener : added) {
      tell(listener, () -> listener.configured(this));
      for (Worker worker : workers) {
        worker.execute(() -> {
          if (begun[worker.index()]) {
            tell(listener, () -> listener.workerStarted(this, worker));
          }
        });
      }
    }
  }

  /**
   * Ends the generation for one listener, as for all when it is retired. Any thread but a worker's
   * may wait for it.
   */
  CompletableFuture<Void> dismiss(GenerationListener listener) {
    List<GenerationListener> rest = new ArrayList<>(listeners);
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (!rest.removeIf(one -> one == listener)) {
      done.complete(null);
      return done;
    }
    listeners = List.copyOf(rest);
    AtomicInteger left = new AtomicInteger(workers.size());
    for (Worker worker : workers) {
      worker.execute(() -> {
        tell(listener, () -> listener.workerExiting(this, worker));
        tell(listener, () -> listener.workerExited(this, worker));
        if (left.decrementAndGet() == 0) {
          tell(listener, () -> listener.retired(this));
          done.complete(null);
        }
      });
    }
    return done;
  }

  /** Tells the listeners that nothing will ever run in this generation. */
  void drop() {
    exiting = true;
    for (GenerationListener listener : listeners) {
      tell(listener, () -> listener.retired(this));
    }
  }

  /**
   * Takes no new requests; the listeners are told on each worker, and again when the last request
   * there is over. Returns at once, also if it was told before.
   *
   * @param stop whether the whole server ends
   * @return completed when nothing of this generation runs any more
   */
  CompletableFuture<Void> retire(boolean stop) {
    stopping |= stop;
    if (!exiting) {
      exiting = true;
      for (Worker worker : workers) {
        worker.execute(() -> exit(worker));
      }
    }
    return retired;
  }

  private void exit(Worker worker) {
    begin(worker);
    for (GenerationListener listener : listeners.reversed()) {
      tell(listener, () -> listener.workerExiting(this, worker));
    }
    var none = new CompletableFuture<Void>();
    limit(worker, none);
    none.thenRun(() -> exited(worker));
    open(worker).whenNone(exchange -> true, none);
  }

  /** Ends what is left when the time is over. */
  private void limit(Worker worker, CompletableFuture<Void> none) {
    long millis = shutdownTimeout();
    if (millis != Long.MAX_VALUE) {
      Worker.Cancellable timeout = worker.schedule(millis, () -> terminate(worker));
      none.thenRun(timeout::cancel);
    }
  }

  private void terminate(Worker worker) {
    open(worker).all(exchange -> true).forEach(exchange -> exchange.ending().terminateAll());
  }

  private void exited(Worker worker) {
    for (GenerationListener listener : listeners.reversed()) {
      tell(listener, () -> listener.workerExited(this, worker));
    }
    if (living.decrementAndGet() == 0) {
      for (GenerationListener listener : listeners.reversed()) {
        tell(listener, () -> listener.retired(this));
      }
      GenerationEvent.retired(this);
      retired.complete(null);
    }
  }

  private void tell(GenerationListener listener, Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | Error e) {
      log()
          .log(
              LogLevel.ALERT,
              "a listener of generations failed: " + listener.getClass().getName(),
              e);
    }
  }
}
