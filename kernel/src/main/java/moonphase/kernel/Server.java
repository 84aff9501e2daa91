package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.BodyFilter;
import moonphase.spi.ConfException;
import moonphase.spi.ErrorLog;
import moonphase.spi.GenerationListener;
import moonphase.spi.HeaderFilter;
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

  /** How long connections may still send what was answered before the end of a graceful stop. */
  private static final long FLUSH_MILLIS = 2_000;

  private final Settings settings;
  private final LogFiles files = new LogFiles();
  private final ConfLoader loader;
  private final Listeners listeners;

  /** Generations with open requests, the current one last. */
  private final List<KernelGeneration> living = new CopyOnWriteArrayList<>();

  /** Modules that were seen with a handler in LOG, and those with any other part. */
  private final Set<String> logs = new HashSet<>();

  private final Set<String> acts = new HashSet<>();

  private volatile @Nullable KernelGeneration current;
  private int generations;

  Server(Settings settings) {
    this.settings = settings;
    this.loader = new ConfLoader(settings, files);
    this.listeners = new Listeners(settings.transport());
  }

  /** What serves now; empty before the start and after the end. */
  Optional<KernelGeneration> current() {
    return Optional.ofNullable(current);
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
  Configuration test(List<Plugin> plugins, Consumer<Configuration> whenRead) {
    try {
      Configuration configuration = read(plugins);
      whenRead.accept(configuration);
      generation(configuration, plugins);
      return configuration;
    } catch (RuntimeException | Error e) {
      throw refused(e);
    }
  }

  /**
   * Starts, or goes over to a new reading of the configuration; if that fails, all is as before.
   *
   * @throws ConfException after it was logged, and shown at a first start
   */
  void load(List<Plugin> plugins) {
    try {
      Configuration configuration = read(plugins);
      replace(generation(configuration, plugins));
      KernelGeneration now = current;
      if (now != null) {
        configuration.notices().forEach(notice -> now.log().log(LogLevel.INFO, notice));
      }
    } catch (RuntimeException | Error e) {
      throw refused(e);
    }
  }

  /** Logs and shows why a configuration is not taken over. */
  private ConfException refused(Throwable failure) {
    if (failure instanceof ConfException known) {
      complain(LogLevel.EMERG, String.valueOf(known.getMessage()));
      return known;
    }
    String message = "the configuration cannot be taken over because of a bug";
    complain(LogLevel.EMERG, message);
    log().ifPresent(log -> log.log(LogLevel.ALERT, "the bug is", failure));
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
      listeners.serve(next, next.cycle().configuration().listens(), next.log());
    } catch (ConfException e) {
      next.drop();
      throw e;
    }
    living.add(next);
    current = next;
    for (Worker worker : next.workers()) {
      worker.execute(() -> next.begin(worker));
    }
    if (before != null) {
      before.retire(false).thenRun(() -> living.remove(before));
    }
  }

  private Configuration read(List<Plugin> plugins) {
    Configuration configuration = loader.read(plugins, this::complain);
    configuration.modules().conflicts().forEach(text -> complain(LogLevel.WARN, text));
    note(plugins);
    return configuration;
  }

  private static List<GenerationListener> listeners(List<Plugin> plugins) {
    List<GenerationListener> told = new ArrayList<>();
    for (Plugin plugin : plugins) {
      if (plugin.service() instanceof GenerationListener listener) {
        told.add(listener);
      }
    }
    return told;
  }

  private KernelGeneration generation(Configuration configuration, List<Plugin> plugins) {
    KernelGeneration next =
        new KernelGeneration(
            ++generations,
            configuration,
            new Chain(plugins),
            workers(configuration),
            listeners(plugins),
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
    return settings.transport().workers(Math.max(wanted, present));
  }

  private void note(List<Plugin> plugins) {
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

  /** Writes a line of a start or reload; the terminal sees it as long as nothing serves. */
  private void complain(LogLevel level, String message) {
    log().ifPresent(log -> log.log(level, message));
    if (current == null && !settings.errorLog().equals("stderr")) {
      settings.stderr().accept("nginx: [" + level.tag() + "] " + message);
    }
  }

  /**
   * Lets requests see modules that came, and keeps what uses one that went closed. A listener that
   * came or went makes it a new generation of the same texts.
   */
  void change(List<Plugin> plugins) {
    KernelGeneration generation = current;
    if (generation == null) {
      return;
    }
    note(plugins);
    Configuration earlier = generation.cycle().configuration();
    try {
      Configuration next = loader.again(earlier, plugins);
      if (listeners(plugins).equals(generation.listeners())) {
        publish(generation, next, plugins, next.modules().absent());
      } else {
        // what a listener made when the configuration was read is missing, or without its owner
        KernelGeneration other = generation(next, plugins);
        publish(other, next, plugins, next.modules().absent());
        replace(other);
      }
    } catch (RuntimeException | Error e) {
      refused(e);
      Set<String> gone = new HashSet<>(earlier.modules().names());
      plugins.forEach(plugin -> gone.remove(plugin.module()));
      publish(generation, earlier, plugins, gone);
    }
  }

  private void publish(
      KernelGeneration generation, Configuration next, List<Plugin> plugins, Set<String> absent) {
    Set<String> closed = new HashSet<>(absent);
    for (String module : absent) {
      if (logs.contains(module) && !acts.contains(module)) {
        closed.remove(module);
        generation.log().log(
            LogLevel.ALERT, "module \"" + module + "\" is not there, it logs nothing");
      } else if (!generation.cycle().closed().contains(module)) {
        generation.log().log(
            LogLevel.WARN, "module \"" + module + "\" is not there, what uses it is closed");
      }
    }
    generation.publish(new Cycle(generation, next, new Chain(plugins), Set.copyOf(closed)));
  }

  /**
   * Waits until no request that began before the last change runs on a module, at most {@code
   * module_swap_timeout}; what is left then is ended. Not on a worker.
   */
  void drain(String module) {
    KernelGeneration serving = current;
    if (serving == null) {
      return;
    }
    Cycle now = serving.cycle();
    Predicate<KernelExchange> kind = exchange -> exchange.cycle() != now && exchange.uses(module);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (KernelGeneration generation : living) {
      for (Worker worker : generation.workers()) {
        if (worker.isCurrent()) {
          return; // waiting here would keep the requests from ending
        }
        CompletableFuture<Void> none = new CompletableFuture<>();
        all.add(none);
        worker.execute(() -> generation.open(worker).whenNone(kind, none));
      }
    }
    if (!await(all, serving.moduleSwapTimeout())) {
      end(kind, "module \"" + module + "\" goes, the request on it is ended");
      await(all, STOP_MILLIS);
    }
  }

  private void end(Predicate<KernelExchange> kind, String alert) {
    for (KernelGeneration generation : living) {
      for (Worker worker : generation.workers()) {
        worker.execute(() -> {
          for (KernelExchange exchange : generation.open(worker).all(kind)) {
            if (!alert.isEmpty()) {
              exchange.log().log(LogLevel.ALERT, alert);
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
    files.reopen();
  }

  /**
   * Ends.
   *
   * @param isGraceful whether open requests go on to their end
   */
  void end(boolean isGraceful) {
    KernelGeneration last = current;
    if (last == null) {
      return;
    }
    if (isGraceful) {
      last.log().log(LogLevel.NOTICE, "gracefully shutting down");
    }
    listeners.close();
    List<CompletableFuture<Void>> retired = new ArrayList<>();
    for (KernelGeneration generation : living) {
      retired.add(generation.retire(true));
    }
    long limit = last.cycle().configuration().process().workerShutdownTimeout();
    if (!isGraceful) {
      end(exchange -> true, "");
    }
    if (!await(retired, isGraceful ? limit == 0 ? Long.MAX_VALUE : limit : STOP_MILLIS)) {
      end(exchange -> true, "");
      await(retired, STOP_MILLIS);
    }
    settings.transport().shutdown(isGraceful ? FLUSH_MILLIS : 0);
    last.log().log(LogLevel.NOTICE, "exit");
    current = null;
    files.close();
  }
}
