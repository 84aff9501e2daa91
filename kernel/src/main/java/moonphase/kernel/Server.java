package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.ConfException;
import moonphase.spi.ErrorLog;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;

/**
 * The life of a server: start, reload, modules that come, end. Those that go are with {@link
 * Departures}.
 *
 * <p>Threads: one at a time calls it, the control thread of {@link Kernel}; it is no worker, since
 * it blocks. {@link #generations}, {@link #departures} and {@link #incidents} are for any thread.
 */
final class Server {
  /** How long a stop at once may take to tell the listeners and to close connections. */
  private static final long STOP_MILLIS = 1_000;

  private final Settings settings;
  private final LogFiles files = new LogFiles();
  private final ConfLoader loader;
  private final Listeners listeners;
  private final Generations generations = new Generations();
  private final Departures departures = new Departures(generations);
  private final Publisher publisher = new Publisher(departures);
  private final Watchdog watchdog = new Watchdog(generations);
  private final Rights rights = new Rights(this::log);
  private final Complaints complaints;

  /** Requests that wait for a module, by worker; they may go on in another generation. */
  private final List<HeldRequests> held = new ArrayList<>();

  /** What each worker runs, for the watchdog. */
  private final List<Loop> loops = new ArrayList<>();

  /** Held while a configuration is read: nobody knows yet that it uses the files it opened. */
  private final ReentrantLock reading = new ReentrantLock();

  /** The number of the last generation that was made. */
  private int numbers;

  Server(Settings settings) {
    this.settings = settings;
    this.loader = new ConfLoader(settings, files);
    this.listeners = new Listeners(settings.transport());
    this.complaints = new Complaints(settings, generations, loader, rights::areGivenUp);
    files.complaints(this::log);
  }

  private void log(LogLevel level, String line) {
    complaints.log().ifPresent(log -> log.log(level, line));
  }

  /** What serves and what ends. */
  Generations generations() {
    return generations;
  }

  /** How services leave. */
  Departures departures() {
    return departures;
  }

  /** What is said of it. */
  Complaints complaints() {
    return complaints;
  }

  LogFiles files() {
    return files;
  }

  /** Where workers were blocked, one line each. Any thread. */
  List<String> incidents() {
    return watchdog.incidents();
  }

  /**
   * Reads the configuration and tells the listeners, without binding anything.
   *
   * @param whenRead told before the listeners are
   * @throws ConfException after it was logged and shown
   */
  ConfLoader.Loaded test(Modules modules, Consumer<Configuration> whenRead) {
    try {
      modules.begin();
      ConfLoader.Loaded loaded = read(modules);
      Configuration configuration = loaded.configuration();
      whenRead.accept(configuration);
      generation(configuration, loaded.offer().servedBy(configuration));
      return loaded;
    } catch (RuntimeException | Error e) {
      throw complaints.refused(complaints.log(), e);
    }
  }

  /**
   * Reads the configuration and does nothing with it: listeners are not told, so that no {@code
   * init_by_lua*} changes what the server shares.
   *
   * @throws ConfException after it was logged
   */
  void check(Modules modules) {
    reading.lock();
    try {
      modules.begin();
      read(modules);
    } catch (RuntimeException | Error e) {
      throw complaints.refused(complaints.log(), e);
    } finally {
      closeUnusedFiles();
      reading.unlock();
      modules.end(false);
    }
  }

  /** The configuration file as messages name it. */
  String confFile() {
    return generations.current().map(KernelGeneration::confFile).orElse(settings.conf());
  }

  /**
   * Starts, or goes over to a new reading of the configuration; if that fails, all is as before.
   *
   * @throws ConfException after it was logged, and shown at a first start
   */
  void load(Modules modules) {
    complaints.note("reconfiguring");
    boolean isTaken = false;
    reading.lock();
    try {
      serve(prepare(modules));
      isTaken = true;
    } finally {
      closeUnusedFiles();
      reading.unlock();
      modules.end(isTaken);
    }
  }

  private KernelGeneration prepare(Modules modules) {
    try {
      modules.begin();
      ConfLoader.Loaded loaded = read(modules);
      Configuration configuration = loaded.configuration();
      Offer served = loaded.offer().servedBy(configuration);
      KernelGeneration next = generation(configuration, served);
      publisher.publish(next, configuration, served, Set.of());
      return next;
    } catch (RuntimeException | Error e) {
      throw complaints.refused(complaints.log(), e);
    }
  }

  private void serve(KernelGeneration next) {
    try {
      replace(next);
    } catch (RuntimeException | Error e) {
      // its own log is told why it cannot be served
      throw complaints.refused(Optional.of(next.log()), e);
    }
    for (String notice : next.cycle().configuration().notices()) {
      next.log().log(LogLevel.INFO, notice);
    }
  }

  private void replace(KernelGeneration next) {
    Optional<KernelGeneration> before = generations.current();
    try {
      Optional<ErrorLog> log = Optional.of(next.log());
      rights.limit(next);
      listeners.serve(
          next,
          next.cycle().configuration().listens(),
          (level, text) -> complaints.complain(log, level, text));
      rights.giveUp(next, files.paths(), () -> settings.leaving().accept(next, files.paths()));
    } catch (RuntimeException | Error e) {
      next.drop();
      throw e;
    }
    settings
        .transport()
        .limitConnections(next.cycle().configuration().process().workerConnections());
    generations.serve(next);
    next.open();
    GenerationEvent.started(next);
    next.withoutGone(); // what has begun to leave since it was read
    for (Worker worker : next.workers()) {
      worker.execute(() -> next.begin(worker));
    }
    before.ifPresentOrElse(this::retire, watchdog::start);
  }

  private void retire(KernelGeneration before) {
    before.release();
    before.retire(false).thenRun(() -> forget(before));
  }

  /** A generation has ended; on a worker, so that this never waits. */
  private void forget(KernelGeneration ended) {
    generations.remove(ended);
    if (reading.tryLock()) { // otherwise whoever reads will do it afterwards
      try {
        closeUnusedFiles();
      } finally {
        reading.unlock();
      }
    }
  }

  private void closeUnusedFiles() {
    if (generations.current().isEmpty()) {
      return; // the log that -e names is still needed
    }
    Set<LogFile> used = new HashSet<>();
    generations.all().forEach(generation -> used.addAll(generation.logFiles()));
    files.closeOthers(used);
  }

  private ConfLoader.Loaded read(Modules modules) {
    ConfLoader.Loaded loaded = loader.read(modules, complaints::complain);
    publisher.note(loaded.offer().plugins());
    return loaded;
  }

  private KernelGeneration generation(Configuration configuration, Offer offer) {
    KernelGeneration next =
        new KernelGeneration(
            ++numbers,
            configuration,
            new Chain(offer.plugins()),
            workers(configuration),
            offer.listeners(),
            List.copyOf(held),
            List.copyOf(loops),
            files);
    next.configured();
    return next;
  }

  /** Connections stay on their workers over a reload, so that these never become fewer. */
  private List<Worker> workers(Configuration configuration) {
    int wanted = configuration.process().workerProcesses();
    int present = generations.current().map(before -> before.workers().size()).orElse(0);
    if (wanted < present) {
      complaints.note(
          "\"worker_processes\" stays at " + present + " until the server is started anew");
    }
    List<Worker> workers = settings.transport().workers(Math.max(wanted, present));
    while (held.size() < workers.size()) {
      held.add(new HeldRequests(generations));
      loops.add(Loop.ofOneWorker());
    }
    return workers;
  }

  /** Whether listeners came that start a generation. */
  boolean wouldStartGeneration(Offer offer) {
    return generations
        .current()
        .map(serving -> offer.startsGeneration(serving.listeners()))
        .orElse(false);
  }

  /**
   * Lets requests see modules that came, and keeps what uses one that went closed. A listener that
   * starts a generation makes it a new generation of the same texts.
   */
  void change(Offer offer) {
    generations.current().ifPresent(serving -> change(serving, offer));
  }

  /** Changes, and puts a new generation off: what came for it stays closed. */
  void changeWithoutGeneration(Offer offer) {
    generations
        .current()
        .ifPresent(serving -> change(serving, offer.withoutUntold(serving.listeners())));
  }

  private void change(KernelGeneration serving, Offer offer) {
    reading.lock();
    try {
      changeAlone(serving, offer);
    } finally {
      closeUnusedFiles();
      reading.unlock();
    }
  }

  private void changeAlone(KernelGeneration serving, Offer offer) {
    publisher.note(offer.plugins());
    Configuration earlier = serving.cycle().configuration();
    try {
      Configuration next = loader.again(earlier, offer.plugins());
      Offer served = offer.servedBy(next);
      if (offer.startsGeneration(serving.listeners())) {
        // what a listener made when the configuration was read is missing
        KernelGeneration other = generation(next, served);
        publisher.publish(other, next, served, next.modules().absent());
        replace(other);
        other.release();
      } else {
        serving.listeners(offer.listeners());
        publisher.publish(serving, next, served, next.modules().absent());
      }
    } catch (RuntimeException | Error e) {
      complaints.refused(complaints.log(), e);
      Set<String> gone = new HashSet<>(earlier.modules().names());
      offer.plugins().forEach(plugin -> gone.remove(plugin.module()));
      publisher.publish(serving, earlier, offer, gone);
    }
  }

  /** Opens log files anew. */
  void reopen() {
    complaints.note("reopening logs");
    generations.all().forEach(KernelGeneration::reopening);
    files.reopen().forEach(failure -> complaints.complain(LogLevel.EMERG, failure));
  }

  /**
   * Ends.
   *
   * @param isGraceful whether open requests go on to their end
   */
  void end(boolean isGraceful) {
    generations
        .current()
        .ifPresent(
            last -> end(last, isGraceful, isGraceful ? last.shutdownTimeout() : STOP_MILLIS));
  }

  /**
   * Ends because the kernel or the transport is replaced: what was accepted is answered, in at most
   * {@code module_swap_timeout}. Blocks.
   */
  void makeWay() {
    generations.current().ifPresent(last -> end(last, true, last.moduleSwapTimeout()));
  }

  /** How long {@link #makeWay} may take. */
  long makeWayMillis() {
    return generations.current().map(last -> last.moduleSwapTimeout() + 2 * STOP_MILLIS).orElse(0L);
  }

  private void end(KernelGeneration last, boolean isGraceful, long limit) {
    if (isGraceful) {
      last.log().log(LogLevel.NOTICE, "gracefully shutting down");
    }
    listeners.close();
    List<CompletableFuture<Void>> retired = new ArrayList<>();
    for (KernelGeneration generation : generations.all()) {
      retired.add(generation.retire(true));
      generation.release();
    }
    long began = System.nanoTime();
    if (!isGraceful) {
      generations.endRequests(exchange -> true, exchange -> "");
    }
    if (!Generations.await(retired, limit)) {
      generations.endRequests(exchange -> true, exchange -> "");
      Generations.await(retired, STOP_MILLIS);
    }
    // of those too that do not come to their end
    generations.all().forEach(KernelGeneration::reopening);
    long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    last.log().log(LogLevel.NOTICE, "exiting");
    settings.transport().shutdown(isGraceful ? Math.max(limit - taken, 0) : 0);
    last.log().log(LogLevel.NOTICE, "exit");
    generations.stopServing();
    watchdog.close();
    files.close();
  }
}
