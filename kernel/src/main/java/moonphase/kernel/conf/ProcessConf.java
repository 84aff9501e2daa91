package moonphase.kernel.conf;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import moonphase.kernel.system.Account;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import org.jspecify.annotations.Nullable;

/**
 * What the level main and {@code events} say about the process. Immutable, any thread; times are
 * milliseconds.
 */
public final class ProcessConf implements Conf<ProcessConf> {
  /** Found on the level main. */
  public static final ConfKey<ProcessConf> KEY = new ConfKey<>("core", new ProcessConf(Map.of()));

  private final Map<String, Object> values;

  /** Apart, since every request asks for it. */
  private final List<ClientRange> debugConnections;

  @SuppressWarnings("unchecked") // only this is ever put there
  private ProcessConf(Map<String, Object> values) {
    this.values = values;
    this.debugConnections = (List<ClientRange>) orElse("debug_connection", List.of());
  }

  /** This, and one value more, under the name of its directive. */
  ProcessConf with(String directive, Object value) {
    Map<String, Object> more = new HashMap<>(values);
    more.put(directive, value);
    return new ProcessConf(Map.copyOf(more));
  }

  /** What was written for a directive; null for nothing. */
  @Nullable Object get(String directive) {
    return values.get(directive);
  }

  @Override
  public ProcessConf inherit(ProcessConf outer) {
    return this;
  }

  private Object orElse(String directive, Object byDefault) {
    return Objects.requireNonNullElse(values.get(directive), byDefault);
  }

  /** {@code daemon}. */
  public boolean isDaemon() {
    return (boolean) orElse("daemon", true);
  }

  /** {@code worker_processes}; {@code auto} is the number of processors. */
  public int workerProcesses() {
    return (int) orElse("worker_processes", 1);
  }

  /** {@code worker_connections}. */
  public int workerConnections() {
    return (int) orElse("worker_connections", 512);
  }

  /** {@code pid}: the absolute name of the file. */
  public Path pid() {
    return (Path) orElse("pid", Path.of("/nonexistent"));
  }

  /** {@code user}: whom the process becomes; empty if it keeps its rights. */
  public Optional<Account> user() {
    return Optional.ofNullable((Account) values.get("user"));
  }

  /** The limits of the process and its workers. */
  public WorkerLimits limits() {
    return new WorkerLimits(
        values.get("worker_priority") instanceof Integer nice
            ? OptionalInt.of(nice)
            : OptionalInt.empty(),
        optional("worker_rlimit_nofile"),
        optional("worker_rlimit_core"),
        (WorkerLimits.Affinity) orElse("worker_cpu_affinity", WorkerLimits.Affinity.NONE),
        values.get("working_directory") instanceof Path folder ? List.of(folder) : List.of());
  }

  private OptionalLong optional(String directive) {
    return values.get(directive) instanceof Long number
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  /** {@code env}: the environment that scripts see. */
  @SuppressWarnings("unchecked") // only this is ever put there
  public Map<String, String> environment() {
    return (Map<String, String>) orElse("env", Map.of());
  }

  /** {@code debug_connection}: the clients whose lines are all written. */
  public List<ClientRange> debugConnections() {
    return debugConnections;
  }

  /** {@code worker_shutdown_timeout}; 0 for no limit. */
  public long workerShutdownTimeout() {
    return (long) orElse("worker_shutdown_timeout", 0L);
  }

  /** {@code module_swap_timeout}: how long requests wait for a module that is being replaced. */
  public long moduleSwapTimeout() {
    return (long) orElse("module_swap_timeout", 5_000L);
  }
}
