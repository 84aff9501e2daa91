package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.BodyFilter;
import moonphase.spi.ConfException;
import moonphase.spi.ErrorLog;
import moonphase.spi.GenerationListener;
import moonphase.spi.HeaderFilter;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;

/**
 * The life of a server: start, reload, modules that come and go, end.
 *
 * <p>Threads: one at a time calls it, the control thread of {@link Kernel}; it is no worker, since
 * it blocks. {@link #current} is for any thread.
 */
final class Server {
  /** How long a stop at once may take to tell the listeners and to close connections. */
  private static final long STOP_MILLIS = 1_000;

  private static final String GIVEN_UP =
      "the server has given up the rights it was started with, as \"user\" demands; what needs them"
          + " needs a new start";

  private final Settings settings;
  private final LogFiles files = new LogFiles();
  private final ConfLoader loader;
  private final Listeners listeners;
  private final Rights rights =
      new Rights((level, line) -> log().ifPresent(log -> log.log(level, line)));

  /** Generations with open requests, the current one last. */
  private final List<KernelGeneration> living = new CopyOnWriteArrayList<>();

  /** Modules that were seen with a handler in LOG, and those with any other part. */
  private final Set<String> logs = new HashSet<>();

  private final Set<String> acts = new HashSet<>();

  /** Requests that wait for a module, by worker; they may go on in another generation. */
  private final List<HeldRequests> held = new ArrayList<>();

  /** What each worker runs, for the watchdog. */
  private final List<Loop> loops = new ArrayList<>();

  private final Watchdog watchdog = new Watchdog(living);

  /** Modules that went and are not back, by their names; empty if nobody records. */
  private final Map<List<String>, SwapEvent> swapping = new ConcurrentHashMap<>();

  /** Held while a configuration is read: nobody knows yet that it uses the files it opened. */
  private final ReentrantLock reading = new ReentrantLock();

  /** What a shell is told besides the log; empty unless it asked. The control thread's. */
  private @Nullable List<String> told;

  private volatile @Nullable KernelGeneration current;
  private int generations;

  Server(Settings settings) {
    this.settings = settings;
    this.loader = new ConfLoader(settings, files);
    this.listeners = new Listeners(settings.transport());
    files.complaints((level, line) -> log().ifPresent(log -> log.log(level, line)));
  }

  /** What serves now; empty before the start and after the end. */
  Optional<KernelGeneration> current() {
    return Optional.ofNullable(current);
  }

  /** The generations with open requests, the current one last; any thread. */
  List<KernelGeneration> generations() {
    return List.copyOf(living);
  }

  LogFiles files() {
    return files;
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
      throw refused(e);
    }
  }

  /**
   * Reads the configuration and does nothing with it: listeners are not told, so that no {@code
   * init_by_lua*} changes what the server shares.
   *
   * @throws ConfException after it was logged
   */
  Configuration check(Modules modules) {
    reading.lock();
    try {
      modules.begin();
      return read(modules).configuration();
    } catch (RuntimeException | Error e) {
      throw refused(e);
    } finally {
      closeUnusedFiles();
      reading.unlock();
      modules.end(false);
    }
  }

  /** The configuration file as messages name it; something must serve. */
  String confFile() {
    KernelGeneration serving = current;
    return serving == null ? settings.conf() : serving.confFile();
  }

  /**
   * What a terminal would show of a start, reload or check.
   *
   * @param task it; whether it fails is for it to say
   */
  String told(Runnable task) {
    List<String> lines = new ArrayList<>();
    told = lines;
    try {
      task.run();
    } finally {
      told = null;
    }
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /**
   * Starts, or goes over to a new reading of the configuration; if that fails, all is as before.
   *
   * @throws ConfException after it was logged, and shown at a first start
   */
  void load(Modules modules) {
    note("reconfiguring");
    boolean isTaken = false;
    reading.lock();
    try {
      modules.begin();
      loadAlone(modules);
      isTaken = true;
    } catch (RuntimeException | Error e) {
      throw refused(e);
    } finally {
      closeUnusedFiles();
      reading.unlock();
      modules.end(isTaken);
    }
  }

  private void loadAlone(Modules modules) {
    ConfLoader.Loaded loaded = read(modules);
    Configuration configuration = loaded.configuration();
    Offer served = loaded.offer().servedBy(configuration);
    KernelGeneration next = generation(configuration, served);
    publish(next, configuration, served, Set.of());
    try {
      replace(next);
    } catch (ConfException e) {
      throw new Unbound(next.log(), e);
    }
    configuration.notices().forEach(notice -> next.log().log(LogLevel.INFO, notice));
  }

  /** A configuration that was read, so that its own log is told why it cannot be served. */
  private static final class Unbound extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient ErrorLog log;
    private final ConfException reason;

    Unbound(ErrorLog log, ConfException reason) {
      super(reason);
      this.log = log;
      this.reason = reason;
    }
  }

  private ConfException refused(Throwable failure) {
    return failure instanceof Unbound unbound
        ? refused(Optional.of(unbound.log), unbound.reason)
        : refused(log(), failure);
  }

  /** Logs and shows why a configuration is not taken over. */
  private ConfException refused(Optional<? extends ErrorLog> log, Throwable failure) {
    if (failure instanceof ConfException known) {
      String message = String.valueOf(known.getMessage());
      complain(log, LogLevel.EMERG, message);
      if (rights.areGivenUp() && message.contains("(13: ")) {
        complain(log, LogLevel.NOTICE, GIVEN_UP);
      }
      return known;
    }
    String message = "the configuration cannot be taken over because of a bug";
    complain(log, LogLevel.EMERG, message);
    log.ifPresent(known -> known.log(LogLevel.ALERT, "the bug is", failure));
    return new ConfException(message, failure);
  }

  /** The log of what serves, or the one that {@code -e} names. */
  private Optional<? extends ErrorLog> log() {
    KernelGeneration serving = current;
    return serving == null ? loader.firstLog() : Optional.of(serving.log());
  }

  private void replace(KernelGeneration next) {
    KernelGeneration before = current;
    try {
      Optional<ErrorLog> log = Optional.of(next.log());
      rights.limit(next);
      listeners.serve(
          next,
          next.cycle().configuration().listens(),
          (level, text) -> complain(log, level, text));
      rights.giveUp(next, files.paths(), () -> settings.leaving().accept(next, files.paths()));
    } catch (ConfException e) {
      next.drop();
      throw e;
    }
    settings
        .transport()
        .limitConnections(next.cycle().configuration().process().workerConnections());
    living.add(next);
    current = next;
    next.open();
    GenerationEvent.started(next);
    next.withoutGone(); // what has begun to leave since it was read
    for (Worker worker : next.workers()) {
      worker.execute(() -> next.begin(worker));
    }
    if (before == null) {
      watchdog.start();
    } else {
      before.release();
      before.retire(false).thenRun(() -> forget(before));
    }
  }

  /** A generation has ended; on a worker, so that this never waits. */
  private void forget(KernelGeneration ended) {
    living.remove(ended);
    if (reading.tryLock()) { // otherwise whoever reads will do it afterwards
      try {
        closeUnusedFiles();
      } finally {
        reading.unlock();
      }
    }
  }

  private void closeUnusedFiles() {
    if (current == null) {
      return; // the log that -e names is still needed
    }
    Set<LogFile> used = new HashSet<>();
    living.forEach(generation -> used.addAll(generation.logFiles()));
    files.closeOthers(used);
  }

  /** Writes a line about the process, if something serves. */
  void note(String text) {
    KernelGeneration serving = current;
    if (serving != null) {
      serving.log().log(LogLevel.NOTICE, text);
    }
  }

  private ConfLoader.Loaded read(Modules modules) {
    ConfLoader.Loaded loaded = loader.read(modules, this::complain);
    noteModules(loaded.offer().plugins());
    return loaded;
  }

  private KernelGeneration generation(Configuration configuration, Offer offer) {
    KernelGeneration next =
        new KernelGeneration(
            ++generations,
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
    KernelGeneration before = current;
    int present = before == null ? 0 : before.workers().size();
    if (before != null && wanted < present) {
      before.log().log(
          LogLevel.NOTICE,
          "\"worker_processes\" stays at " + present + " until the server is started anew");
    }
    List<Worker> workers = settings.transport().workers(Math.max(wanted, present));
    while (held.size() < workers.size()) {
      held.add(new HeldRequests(() -> current));
      loops.add(Loop.ofOneWorker());
    }
    return workers;
  }

  private void noteModules(List<Plugin> plugins) {
    for (Plugin plugin : plugins) {
      if (plugin.phase().isPresent() && plugin.phase().get() == Phase.LOG) {
        logs.add(plugin.module());
      } else if (plugin.phase().isPresent()
          || plugin.service() instanceof HeaderFilter
          || plugin.service() instanceof BodyFilter) {
        acts.add(plugin.module());
      }
    }
  }

  private void complain(LogLevel level, String message) {
    complain(log(), level, message);
  }

  /** Writes a line of a start or reload; the terminal sees it as long as nothing serves. */
  private void complain(Optional<? extends ErrorLog> log, LogLevel level, String message) {
    log.ifPresent(known -> known.log(level, message));
    String line = "nginx: [" + level.tag() + "] " + message;
    List<String> listening = told;
    if (listening != null && level.compareTo(LogLevel.WARN) <= 0) {
      listening.add(line);
    }
    if (current == null
        && level.compareTo(LogLevel.WARN) <= 0
        && !settings.errorLog().equals("stderr")) {
      settings.stderr().accept(line);
    }
  }

  /** Whether listeners came that start a generation. */
  boolean wouldStartGeneration(Offer offer) {
    KernelGeneration generation = current;
    return generation != null && offer.startsGeneration(generation.listeners());
  }

  /**
   * Lets requests see modules that came, and keeps what uses one that went closed. A listener that
   * starts a generation makes it a new generation of the same texts.
   */
  void change(Offer offer) {
    KernelGeneration serving = current;
    if (serving == null) {
      return;
    }
    reading.lock();
    try {
      change(serving, offer);
    } finally {
      closeUnusedFiles();
      reading.unlock();
    }
  }

  private void change(KernelGeneration generation, Offer offer) {
    noteModules(offer.plugins());
    Configuration earlier = generation.cycle().configuration();
    try {
      Configuration next = loader.again(earlier, offer.plugins());
      Offer served = offer.servedBy(next);
      if (offer.startsGeneration(generation.listeners())) {
        // what a listener made when the configuration was read is missing
        KernelGeneration other = generation(next, served);
        publish(other, next, served, next.modules().absent());
        replace(other);
        other.release();
      } else {
        generation.listeners(offer.listeners());
        publish(generation, next, served, next.modules().absent());
      }
    } catch (RuntimeException | Error e) {
      refused(e);
      Set<String> gone = new HashSet<>(earlier.modules().names());
      offer.plugins().forEach(plugin -> gone.remove(plugin.module()));
      publish(generation, earlier, offer, gone);
    }
  }

  /** Changes, and puts a new generation off: what came for it stays closed. */
  void changeWithoutGeneration(Offer offer) {
    KernelGeneration generation = current;
    if (generation != null) {
      change(offer.withoutStarters(generation.listeners()));
    }
  }

  private void publish(
      KernelGeneration generation, Configuration next, Offer offer, Set<String> absent) {
    Cycle.Closed closed = Cycle.Closed.NOTHING;
    Set<String> awaited = new HashSet<>();
    for (Closing closing : offer.closings()) {
      boolean isInTime = closing.millis() < generation.moduleSwapTimeout();
      closed = closed.and(closing.reach(), isInTime || !closing.reach().isLogOnly());
      if (isInTime) {
        awaited.addAll(closing.reach().names());
      }
    }
    for (String module : absent) {
      if (awaited.contains(module)) {
        continue;
      }
      if (isLogOnly(module)) {
        generation.log().log(
            LogLevel.ALERT, "module \"" + module + "\" is not there, it logs nothing");
      } else {
        closed = closed.and(new Reach(Set.of(module), false, false), true);
      }
    }
    Cycle.Closed before = generation.cycle().closed();
    for (String module : closed.modules()) {
      if (!before.modules().contains(module)) {
        warn(generation, module);
      }
    }
    generation.publish(new Cycle(generation, next, new Chain(offer.plugins()), closed));
    if (!swapping.isEmpty()) {
      Set<String> open = new HashSet<>();
      offer.plugins().forEach(plugin -> open.add(plugin.module()));
      open.removeAll(closed.modules());
      swapping.values().removeIf(swap -> swap.isReopened(open));
    }
  }

  private boolean isLogOnly(String module) {
    return logs.contains(module) && !acts.contains(module);
  }

  private static void warn(KernelGeneration generation, String module) {
    generation.log().log(
        LogLevel.WARN, "module \"" + module + "\" is not there, what uses it is closed");
  }

  /** Lets no new request meet services that leave. Any thread, does not block. */
  void close(Going going) {
    KernelGeneration serving = current;
    if (serving == null) {
      return;
    }
    SwapEvent swap = new SwapEvent(going);
    Set<String> closed = serving.cycle().closed().modules();
    living.forEach(KernelGeneration::withoutGone);
    serving.withoutGone();
    for (String module : going.modules()) {
      if (!closed.contains(module)) {
        warn(serving, module);
      }
    }
    if (swap.isEnabled() && !going.modules().isEmpty()) {
      swap.closed();
      swapping.put(going.modules(), swap);
    }
  }

  /** Whether the calling thread is a worker, which must not wait for the others. */
  boolean isOnWorker() {
    KernelGeneration serving = current;
    return serving != null && serving.workers().stream().anyMatch(Worker::isCurrent);
  }

  /**
   * Waits until no request is on services that leave, at most {@code module_swap_timeout}; what is
   * left then is ended. Then nobody calls them any more. Any thread but a worker's.
   */
  void drain(Going going) {
    KernelGeneration serving = current;
    if (serving == null || going.modules().isEmpty()) {
      return;
    }
    long limit = serving.moduleSwapTimeout();
    if (!await(whenNone(going), limit)) {
      end(going, exchange -> ended(going, exchange));
      await(whenNone(going), STOP_MILLIS);
    }
    going.plugins().forEach(plugin -> plugin.presence().left());
    await(whenNone(going), STOP_MILLIS); // what came to a place of theirs since the last look
    swapping.computeIfPresent(
        going.modules(),
        (modules, swap) -> {
          swap.waited();
          return swap;
        });
    dismiss(going);
  }

  private static String ended(Going going, KernelExchange exchange) {
    String waits = going.waitedFor(exchange);
    return "module \""
        + String.join("\", \"", going.modules())
        + "\" goes, the request on it is ended"
        + (waits.isEmpty() ? "" : "; it waited for the " + waits);
  }

  private List<CompletableFuture<Void>> whenNone(Predicate<KernelExchange> kind) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (KernelGeneration generation : living) {
      for (Worker worker : generation.workers()) {
        CompletableFuture<Void> none = new CompletableFuture<>();
        all.add(none);
        worker.execute(() -> generation.open(worker).whenNone(kind, none));
      }
    }
    return all;
  }

  /** Ends generations for listeners that leave. */
  private void dismiss(Going going) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (Plugin plugin : going.plugins()) {
      if (plugin.service() instanceof GenerationListener listener && listener.startsGeneration()) {
        living.forEach(generation -> all.add(generation.dismiss(listener)));
      }
    }
    await(all, STOP_MILLIS);
  }

  /**
   * Ends requests.
   *
   * @param alert gives the line to write for each; an empty one is not written
   */
  private void end(Predicate<KernelExchange> kind, Function<KernelExchange, String> alert) {
    for (KernelGeneration generation : living) {
      for (Worker worker : generation.workers()) {
        worker.execute(() -> {
          for (KernelExchange exchange : generation.open(worker).all(kind)) {
            String line = alert.apply(exchange);
            if (!line.isEmpty()) {
              exchange.log().log(LogLevel.ALERT, line);
            }
            exchange.ending().terminateAll();
          }
        });
      }
    }
  }

  private static boolean await(List<CompletableFuture<Void>> all, long millis) {
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens log files anew. */
  void reopen() {
    note("reopening logs");
    living.forEach(KernelGeneration::reopening);
    files.reopen().forEach(failure -> complain(LogLevel.EMERG, failure));
  }

  /**
   * Ends.
   *
   * @param isGraceful whether open requests go on to their end
   */
  void end(boolean isGraceful) {
    KernelGeneration last = current;
    if (last != null) {
      end(last, isGraceful, isGraceful ? last.shutdownTimeout() : STOP_MILLIS);
    }
  }

  /**
   * Ends because the kernel or the transport is replaced: what was accepted is answered, in at most
   * {@code module_swap_timeout}. Blocks.
   */
  void makeWay() {
    KernelGeneration last = current;
    if (last != null) {
      end(last, true, last.moduleSwapTimeout());
    }
  }

  /** How long {@link #makeWay} may take. */
  long makeWayMillis() {
    KernelGeneration last = current;
    return last == null ? 0 : last.moduleSwapTimeout() + 2 * STOP_MILLIS;
  }

  /** Where workers were blocked, one line each. Any thread. */
  List<String> incidents() {
    return watchdog.incidents();
  }

  private void end(KernelGeneration last, boolean isGraceful, long limit) {
    if (isGraceful) {
      last.log().log(LogLevel.NOTICE, "gracefully shutting down");
    }
    listeners.close();
    List<CompletableFuture<Void>> retired = new ArrayList<>();
    for (KernelGeneration generation : living) {
      retired.add(generation.retire(true));
      generation.release();
    }
    long began = System.nanoTime();
    if (!isGraceful) {
      end(exchange -> true, exchange -> "");
    }
    if (!await(retired, limit)) {
      end(exchange -> true, exchange -> "");
      await(retired, STOP_MILLIS);
    }
    living.forEach(KernelGeneration::reopening); // of those too that do not come to their end
    long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    last.log().log(LogLevel.NOTICE, "exiting");
    settings.transport().shutdown(isGraceful ? Math.max(limit - taken, 0) : 0);
    last.log().log(LogLevel.NOTICE, "exit");
    current = null;
    watchdog.close();
    files.close();
  }
}
