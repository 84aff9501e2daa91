package moonphase.kernel;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.conf.ProcessConf;
import moonphase.spi.ConfException;
import moonphase.spi.FilePath;
import moonphase.spi.RegexEngine;
import moonphase.spi.Transport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The server in a framework: it reads the configuration once the framework has reached its start
 * level, so that every module is there, and follows the modules that come and go.
 *
 * <p>Threads: the framework's call in; everything that touches {@link Server} runs on one control
 * thread. A module's service that goes is held until its requests are over, unless the whole
 * framework stops.
 */
@Component(
    service = {},
    immediate = true)
public final class KernelComponent implements FrameworkListener, Consumer<String> {
  /** How long the end of this bundle may take the framework. */
  private static final long END_MILLIS = 3_000;

  private final BundleContext context;
  private final Bundle framework;
  private final ScheduledExecutorService control =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("kernel").factory());
  private final Launcher launcher;
  private final ModuleRegistry registry;
  private final IdleBundles idle;
  private final LoadedJars modules;
  private final Swaps swaps;
  private final ServiceTracker<Transport, Transport> transports;
  private final ServiceTracker<RegexEngine, RegexEngine> regexEngines;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean registered = new AtomicBoolean();
  private volatile @Nullable Server server;

  /** Used by the framework. */
  @Activate
  public KernelComponent(BundleContext context) {
    this.context = context;
    this.framework = Objects.requireNonNull(context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION));
    this.launcher = new Launcher(context);
    this.idle = new IdleBundles(context);
    this.swaps =
        new Swaps(
            control,
            () -> framework.getState() == Bundle.STOPPING,
            () -> !idle.describe().isEmpty());
    this.registry = new ModuleRegistry(context, swaps);
    this.modules = new LoadedJars(context, () -> registry.snapshot().offer());
    this.regexEngines = new ServiceTracker<>(context, RegexEngine.class, null);
    this.transports =
        new ServiceTracker<>(context, Transport.class, null) {
          @Override
          public Transport addingService(ServiceReference<Transport> reference) {
            Transport transport = super.addingService(reference);
            if (framework.getState() == Bundle.ACTIVE) {
              begin(transport);
            }
            return transport;
          }

          @Override
          public void removedService(ServiceReference<Transport> reference, Transport transport) {
            withoutTransport();
            super.removedService(reference, transport);
          }
        };
    context.addFrameworkListener(this);
    context.addFrameworkListener(idle);
    registry.open();
    regexEngines.open();
    transports.open();
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() != FrameworkEvent.STARTED) {
      return;
    }
    Transport transport = transports.getService();
    if (transport == null) {
      launcher.stderr("nginx: [emerg] no transport is installed, nothing can be served");
      launcher.exit(1);
    } else {
      begin(transport);
    }
  }

  private void begin(Transport transport) {
    if (begun.compareAndSet(false, true)) {
      control.execute(() -> start(transport));
    }
  }

  private String property(String name, String byDefault) {
    String value = context.getProperty("moonphase." + name);
    return value == null || value.isEmpty() ? byDefault : value;
  }

  private void start(Transport transport) {
    Server starting =
        new Server(
            new Settings(
                transport,
                () -> Optional.ofNullable(regexEngines.getService()),
                Path.of(property("prefix", "")).toAbsolutePath(),
                property("conf", "conf/nginx.conf"),
                property("globals", ""),
                property("errorlog", "logs/error.log"),
                launcher::stderr,
                this::leaving));
    String test = property("test", "");
    try {
      if (test.isEmpty()) {
        serve(starting);
      } else {
        test(starting, test.equals("T"));
      }
    } catch (ConfException e) {
      // the line is in the log and on the terminal
      if (!test.isEmpty()) {
        launcher.stderr("nginx: configuration file " + confFile() + " test failed");
      }
      launcher.exit(1);
    } catch (RuntimeException | Error e) {
      launcher.stderr("nginx: [emerg] the server cannot start: " + e);
      launcher.exit(1);
      throw e;
    }
  }

  private String confFile() {
    Path prefix = Path.of(property("prefix", "")).toAbsolutePath();
    return FilePath.name(prefix.resolve(property("conf", "conf/nginx.conf")));
  }

  private void test(Server tested, boolean dumps) {
    boolean quiet = !property("quiet", "").isEmpty();
    Consumer<Configuration> whenRead =
        read -> {
          if (!quiet) {
            launcher.stderr(
                "nginx: the configuration file " + read.source().confFile() + " syntax is ok");
          }
        };
    ConfLoader.Loaded loaded = tested.test(modules, whenRead);
    Configuration read = loaded.configuration();
    if (!quiet) {
      launcher.stderr(
          "nginx: configuration file " + read.source().confFile() + " test is successful");
    }
    if (dumps) {
      launcher.stdout(read.dump() + PhaseOrder.describe(loaded.offer().plugins(), "# phase "));
    }
    launcher.exit(0);
  }

  private void serve(Server starting) {
    starting.load(modules);
    server = starting;
    swaps.follow(modules::serving, starting);
    register();
    tellProcess(starting);
    launcher.ready();
  }

  /** Rights will be given up: what belongs to the master's user is done now. */
  private void leaving(KernelGeneration generation, List<Path> logs) {
    ProcessConf process = generation.cycle().configuration().process();
    launcher.pid(FilePath.name(process.pid()));
    process.user().ifPresent(user -> launcher.leaving(user.uid(), user.gid(), logs));
  }

  private void tellProcess(Server serving) {
    serving
        .generations()
        .current()
        .ifPresent(generation -> {
          ProcessConf process = generation.cycle().configuration().process();
          launcher.daemon(process.isDaemon());
          launcher.pid(FilePath.name(process.pid()));
        });
  }

  private void register() {
    if (!registered.compareAndSet(false, true)) {
      return; // another transport serves the same kernel
    }
    Hashtable<String, Object> words = new Hashtable<>();
    words.put("moonphase.control", Boolean.TRUE);
    context.registerService(Consumer.class, this, words);
    Hashtable<String, Object> commands = new Hashtable<>();
    commands.put("osgi.command.scope", "moonphase");
    commands.put("osgi.command.function", ShellCommands.NAMES);
    context.registerService(
        ShellCommands.class,
        new ShellCommands(
            registry::snapshot,
            idle::describe,
            () -> Optional.ofNullable(server),
            new ControlCommands(control, modules, this::tellProcess)),
        commands);
  }

  /** Does what a signal asks for: stop, quit, reload, reopen; winch has no effect. */
  @Override
  public void accept(String word) {
    switch (word) {
      case "stop" -> run("15 (SIGTERM) received, exiting", serving -> end(serving, false));
      case "quit" -> run("3 (SIGQUIT) received, shutting down", serving -> end(serving, true));
      case "reload" -> run("1 (SIGHUP) received, reconfiguring", this::reload);
      case "reopen" -> run("10 (SIGUSR1) received, reopening logs", Server::reopen);
      default -> {}
    }
  }

  private void run(String signal, Consumer<Server> task) {
    control.execute(() -> {
      Server serving = server;
      if (serving != null) {
        serving.complaints().note("signal " + signal);
        task.accept(serving);
      }
    });
  }

  private void end(Server serving, boolean isGraceful) {
    swaps.rest();
    serving.end(isGraceful);
    server = null;
    launcher.exit(0);
  }

  private void reload(Server serving) {
    try {
      serving.load(modules);
      tellProcess(serving);
    } catch (ConfException e) {
      // the line is in the log, and the earlier configuration serves on
      return;
    }
  }

  /** Stops to serve until another transport comes. */
  private void withoutTransport() {
    Server serving = server;
    if (serving == null || framework.getState() == Bundle.STOPPING) {
      return;
    }
    swaps.rest();
    await(
        control.submit(() -> {
          server = null;
          serving.makeWay();
          begun.set(false);
        }),
        serving.makeWayMillis());
  }

  private static void await(Future<?> task, long millis) {
    try {
      task.get(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      task.cancel(true);
    }
  }

  /** Used by the framework: ends at once if that stops, with what was accepted answered if not. */
  @Deactivate
  public void deactivate() {
    context.removeFrameworkListener(this);
    context.removeFrameworkListener(idle);
    registry.close();
    Server serving = server;
    server = null;
    swaps.rest();
    if (serving != null) {
      boolean isStopping = framework.getState() == Bundle.STOPPING;
      await(
          control.submit(() -> {
            if (isStopping) {
              serving.end(false);
            } else {
              serving.makeWay();
            }
          }),
          isStopping ? END_MILLIS : serving.makeWayMillis());
    }
    control.shutdownNow();
    transports.close();
    regexEngines.close();
  }
}
