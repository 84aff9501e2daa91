package moonphase.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import moonphase.spi.ConfException;
import moonphase.spi.Phase;
import moonphase.spi.RegexEngine;
import moonphase.spi.Transport;

/**
 * Makes a server from plain objects, for a process without a framework and for tests.
 *
 * <pre>{@code
 * Kernel kernel = KernelBuilder.on(transport).prefix(folder).add(new Echo()).start();
 * }</pre>
 *
 * Not for several threads at once.
 */
public final class KernelBuilder {
  private final Transport transport;
  private final List<Plugin> plugins = new ArrayList<>();
  private Optional<RegexEngine> regexEngine = Optional.empty();
  private Path prefix = Path.of("").toAbsolutePath();
  private String conf = "conf/nginx.conf";
  private String globals = "";
  private String errorLog = "logs/error.log";
  private Consumer<String> stderr = System.err::println;

  private KernelBuilder(Transport transport) {
    this.transport = transport;
  }

  /** Begins a server on a transport; the modules are still to be named. */
  public static KernelBuilder on(Transport transport) {
    return new KernelBuilder(transport);
  }

  /** The folder that relative names start at, as {@code -p}; the current one by default. */
  public KernelBuilder prefix(Path folder) {
    prefix = folder.toAbsolutePath();
    return this;
  }

  /** The configuration file, as {@code -c}; {@code conf/nginx.conf} by default. */
  public KernelBuilder conf(String file) {
    conf = file;
    return this;
  }

  /** Directives of the main level, as {@code -g}. */
  public KernelBuilder globals(String directives) {
    globals = directives;
    return this;
  }

  /** The error log until the configuration names one, as {@code -e}. */
  public KernelBuilder errorLog(String file) {
    errorLog = file;
    return this;
  }

  /** Where lines for the terminal go, without line ends; the process's own by default. */
  public KernelBuilder stderr(Consumer<String> line) {
    stderr = line;
    return this;
  }

  /** Compiles the configuration's expressions. */
  public KernelBuilder regexEngine(RegexEngine engine) {
    regexEngine = Optional.of(engine);
    return this;
  }

  /**
   * Adds a module, handler, filter or listener; it may be several of these. Its {@code HandlerOf}
   * and {@code FilterOf} say where it stands.
   *
   * @throws IllegalArgumentException if it does not say enough
   */
  public KernelBuilder add(Object service) {
    return add(Plugin.of(service));
  }

  /**
   * Adds a handler without an annotation, such as a lambda.
   *
   * @param handler a {@code PhaseHandler} or {@code BlockingPhaseHandler}
   */
  public KernelBuilder add(Phase phase, String module, Object handler) {
    return add(new Plugin(handler, Optional.of(phase), module, 0, module));
  }

  private KernelBuilder add(Plugin plugin) {
    String complaint = plugin.complaint();
    if (!complaint.isEmpty()) {
      throw new IllegalArgumentException(plugin.service() + ": " + complaint);
    }
    plugins.add(plugin);
    return this;
  }

  /**
   * Reads the configuration, binds and serves. Blocks until the sockets are bound.
   *
   * @throws ConfException if the configuration cannot be used; the message was logged as well
   */
  public Kernel start() {
    return Kernel.start(
        new Settings(
            transport, () -> regexEngine, prefix, conf, globals, errorLog, stderr, (g, logs) -> {}),
        plugins);
  }
}
