package moonphase.kernel;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import moonphase.kernel.conf.Block;
import moonphase.kernel.conf.ServerBlock;
import moonphase.kernel.conf.VirtualServers;

/**
 * What a shell shows of the server and has it do, in the scope {@code moonphase}. Any thread but a
 * worker's and the control thread; {@code cycles}, {@code reload} and {@code test} block.
 */
public final class ShellCommands {
  /** The commands, for {@code osgi.command.function}. */
  static final String[] NAMES = {"modules", "phases", "cycles", "reload", "test"};

  private static final String NOTHING_SERVES = "nothing is served\n";

  private final Supplier<ModuleRegistry.Snapshot> registry;
  private final Supplier<List<String>> idle;
  private final Supplier<Optional<Server>> server;
  private final ControlCommands control;

  ShellCommands(
      Supplier<ModuleRegistry.Snapshot> registry,
      Supplier<List<String>> idle,
      Supplier<Optional<Server>> server,
      ControlCommands control) {
    this.registry = registry;
    this.idle = idle;
    this.server = server;
    this.control = control;
  }

  /** The modules, what each takes part with, and why something is not served. */
  public String modules() {
    ModuleRegistry.Snapshot now = registry.get();
    Map<String, StringBuilder> lines = new TreeMap<>();
    for (Plugin plugin : now.offer().plugins()) {
      String module = plugin.module().isEmpty() ? "(listeners)" : plugin.module();
      lines
          .computeIfAbsent(module, name -> new StringBuilder(name).append(':'))
          .append(' ')
          .append(plugin.service().getClass().getSimpleName())
          .append(plugin.phase().map(phase -> "(" + phase + ")").orElse(""));
    }
    StringBuilder text = new StringBuilder();
    lines.values().forEach(line -> text.append(line).append('\n'));
    now.complaints().forEach(line -> text.append(line).append('\n'));
    idle.get().forEach(line -> text.append(line).append('\n'));
    server.get().ifPresent(s -> s.incidents().forEach(line -> text.append(line).append('\n')));
    server
        .get()
        .flatMap(serving -> serving.generations().current())
        .ifPresent(generation -> {
          generation
              .cycle()
              .closed()
              .modules()
              .forEach(module ->
                  text.append("closed: module \"").append(module).append("\" is not there\n"));
          generation
              .cycle()
              .configuration()
              .modules()
              .refused()
              .forEach((module, why) ->
                  text.append("refused: module \"")
                      .append(module.name())
                      .append("\": ")
                      .append(why)
                      .append('\n'));
        });
    return text.toString();
  }

  /** The modules of each phase in the order in which they run. */
  public String phases() {
    return PhaseOrder.describe(registry.get().offer().plugins(), "");
  }

  /**
   * The modules of each phase for a path, those in parentheses that have nothing to do there.
   *
   * @param path a path, for the default server of the first address, or a host and a path
   */
  public String phases(String path) {
    int slash = path.indexOf('/');
    if (slash < 0) {
      return "usage: phases [HOST]/PATH\n";
    }
    return server
        .get()
        .flatMap(serving -> serving.generations().current())
        .map(generation ->
            phases(generation.cycle(), path.substring(0, slash), path.substring(slash)))
        .orElse(NOTHING_SERVES);
  }

  private static String phases(Cycle cycle, String host, String path) {
    if (cycle.configuration().listens().isEmpty()) {
      return NOTHING_SERVES;
    }
    VirtualServers servers = cycle.servers(0);
    ServerBlock found =
        host.isEmpty()
            ? servers.defaultServer()
            : servers.find(host.toLowerCase(Locale.ROOT)).server();
    Block location = found.locations().find(path).block();
    Block block = location == null ? found.block() : location;
    return (location == null ? "no location" : "location " + location.name())
        + (cycle.isClosed(block) ? ", closed\n" : "\n")
        + PhaseOrder.describe(List.copyOf(cycle.chain().plugins()), block);
  }

  /** The generations and cycles that live, with their requests. */
  public String cycles() {
    return server
        .get()
        .map(serving -> LivingCycles.describe(serving.generations().all()))
        .orElse(NOTHING_SERVES);
  }

  /** Reads the configuration anew, and says what is wrong with it if that fails. */
  public String reload() {
    return server.get().map(control::reload).orElse(NOTHING_SERVES);
  }

  /** Says what is wrong with the configuration, and changes nothing. */
  public String test() {
    return server.get().map(control::test).orElse(NOTHING_SERVES);
  }
}
