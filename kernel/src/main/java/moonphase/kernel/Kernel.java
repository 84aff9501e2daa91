package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import moonphase.spi.ConfException;
import moonphase.spi.Phase;

/**
 * A server that was started from plain objects.
 *
 * <p>Threads: any but a worker; each method blocks until it is done.
 */
public final class Kernel {
  private final Server server;
  private final ExecutorService control =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("kernel").factory());

  /** What takes part; the control thread's. */
  private final List<Plugin> plugins;

  private Kernel(Settings settings, List<Plugin> plugins) {
    this.server = new Server(settings);
    this.plugins = new ArrayList<>(plugins);
  }

  static Kernel start(Settings settings, List<Plugin> plugins) {
    Kernel kernel = new Kernel(settings, plugins);
    try {
      kernel.run(() -> kernel.server.load(kernel::present));
    } catch (ConfException e) {
      kernel.control.shutdown();
      throw e;
    }
    return kernel;
  }

  /** What it serves with, for those who look into it. */
  Server server() {
    return server;
  }

  Offer present() {
    return Offer.of(plugins);
  }

  private void run(Runnable task) {
    Callable<Optional<RuntimeException>> caught =
        () -> {
          try {
            task.run();
            return Optional.empty();
          } catch (RuntimeException e) {
            return Optional.of(e);
          }
        };
    try {
      Optional<RuntimeException> failure = control.submit(caught).get();
      if (failure.isPresent()) {
        throw failure.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Reads the configuration anew; requests under way keep the one they began with.
   *
   * @throws ConfException if it cannot be used; it was logged, and the earlier one serves on
   */
  public void reload() {
    run(() -> server.load(this::present));
  }

  /** Opens the log files anew. */
  public void reopen() {
    run(server::reopen);
  }

  /** Lets a module, handler, filter or listener take part from now on. */
  public void add(Object service) {
    add(Plugin.of(service));
  }

  /** Lets a handler without an annotation take part from now on. */
  public void add(Phase phase, String module, Object handler) {
    add(new Plugin(handler, Optional.of(phase), module, 0, module));
  }

  private void add(Plugin plugin) {
    run(() -> {
      plugins.add(plugin);
      server.change(Offer.of(plugins));
    });
  }

  /**
   * Takes a module, handler, filter or listener away, and with it the rest of its module: what uses
   * that is closed, and requests on it have ended when this returns.
   */
  public void remove(Object service) {
    List<Plugin> gone = new ArrayList<>();
    run(() -> {
      for (Plugin plugin : plugins) {
        if (plugin.service() == service) {
          gone.add(plugin);
          plugin.presence().leaving(false);
        }
      }
      plugins.removeAll(gone);
      Going going = Going.of(gone);
      server.departures().close(going);
      server.departures().drain(going);
      server.change(Offer.of(plugins));
    });
  }

  /** Ends after the open requests. */
  public void quit() {
    run(() -> server.end(true));
    control.shutdown();
  }

  /** Ends at once. */
  public void stop() {
    run(() -> server.end(false));
    control.shutdown();
  }
}
