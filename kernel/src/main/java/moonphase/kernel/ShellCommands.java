package moonphase.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a shell shows of the server: {@code moonphase:modules} and {@code moonphase:phases}. Any
 * thread.
 */
public final class ShellCommands {
  private final Supplier<ModuleRegistry.Snapshot> registry;
  private final Supplier<Optional<Server>> server;

  ShellCommands(Supplier<ModuleRegistry.Snapshot> registry, Supplier<Optional<Server>> server) {
    this.registry = registry;
    this.server = server;
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
    server
        .get()
        .flatMap(Server::current)
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
}
