package moonphase.kernel.conf;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.EVENTS;
import static moonphase.spi.Level.MAIN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import moonphase.kernel.system.Account;
import moonphase.kernel.system.SystemException;
import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.Quantity;

/**
 * The directives of the levels main and events that say something about the process.
 *
 * <p>Source: nginx.c, ngx_event.c.
 */
final class ProcessDirectives {
  private static final Set<String> EVENT_TYPES = Set.of("epoll", "poll", "select", "io_uring");

  /** Asked once, because a server that has given its rights up is still the one root started. */
  private static final boolean IS_ROOT = isRoot();

  static final List<Directive<ProcessConf>> ALL =
      List.of(
          flag("daemon"),
          main(
              "master_process",
              (conf, args) -> {
                if (!args.flag(0)) {
                  args.hasNoEffect("the master process owns the Java virtual machine");
                }
                return conf;
              }),
          main("pid", (conf, args) -> conf.with("pid", args.file(0))),
          main("worker_processes", ProcessDirectives::workers),
          main("worker_shutdown_timeout", ProcessDirectives::time),
          main("module_swap_timeout", ProcessDirectives::time),
          directive("user").in(MAIN).args(1, 2).sets(ProcessConf.KEY, ProcessDirectives::user),
          directive("worker_priority")
              .in(MAIN)
              .args(1)
              .sets(ProcessConf.KEY, WorkerLimits::priority),
          directive("worker_cpu_affinity")
              .in(MAIN)
              .args(1, Integer.MAX_VALUE)
              .sets(ProcessConf.KEY, WorkerLimits::affinity),
          main(
              "worker_rlimit_nofile",
              (conf, args) -> conf.with(args.name(), (long) args.number(0))),
          main("worker_rlimit_core", (conf, args) -> conf.with(args.name(), args.bytes(0))),
          main("working_directory", WorkerLimits::folder),
          directive("env")
              .in(MAIN)
              .args(1)
              .repeatable()
              .sets(ProcessConf.KEY, ProcessDirectives::environment),
          directive("load_module")
              .in(MAIN)
              .args(1)
              .repeatable()
              .sets(ProcessConf.KEY, ProcessDirectives::loadModule),
          directive("worker_connections")
              .in(EVENTS)
              .args(1)
              .sets(
                  ProcessConf.KEY,
                  (conf, args) -> {
                    long number = Quantity.number(args.get(0));
                    if (number == Quantity.NONE || number > Integer.MAX_VALUE) {
                      throw args.error("invalid number \"" + args.get(0) + "\"");
                    }
                    Block main = Objects.requireNonNull(((Statement) args).outer().outer());
                    main.put(
                        ProcessConf.KEY,
                        main.own(ProcessConf.KEY).with("worker_connections", (int) number));
                    return conf;
                  }),
          directive("debug_connection")
              .in(EVENTS)
              .args(1)
              .repeatable()
              .sets(
                  ProcessConf.KEY,
                  (conf, args) -> {
                    List<ClientRange> all = new ArrayList<>(conf.debugConnections());
                    all.addAll(ClientRange.read(args));
                    return conf.with("debug_connection", List.copyOf(all));
                  }),
          directive("use")
              .in(EVENTS)
              .args(1)
              .sets(
                  ProcessConf.KEY,
                  (conf, args) -> {
                    if (!EVENT_TYPES.contains(args.get(0))) {
                      throw args.error("invalid event type \"" + args.get(0) + "\"");
                    }
                    args.hasNoEffect("the transport chooses its event loops");
                    return conf;
                  }));

  private ProcessDirectives() {}

  private static Directive<ProcessConf> main(String name, Directive.Setter<ProcessConf> setter) {
    return directive(name).in(MAIN).args(1).sets(ProcessConf.KEY, setter);
  }

  private static Directive<ProcessConf> flag(String name) {
    return main(name, (conf, args) -> conf.with(name, args.flag(0)));
  }

  private static ProcessConf time(ProcessConf conf, Arguments args) {
    return conf.with(args.name(), args.millis(0));
  }

  private static ProcessConf workers(ProcessConf conf, Arguments args) {
    long number =
        args.get(0).equals("auto")
            ? Runtime.getRuntime().availableProcessors()
            : Quantity.number(args.get(0));
    if (number < 1 || number > 1024) {
      throw ((Statement) args).directiveError("invalid value");
    }
    return conf.with("worker_processes", (int) number);
  }

  private static ProcessConf environment(ProcessConf conf, Arguments args) {
    Map<String, String> all = new LinkedHashMap<>(conf.environment());
    String text = args.get(0);
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = equals < 0 ? System.getenv(name) : text.substring(equals + 1);
    if (value != null) {
      all.put(name, value);
    }
    return conf.with("env", Map.copyOf(all));
  }

  private static ProcessConf loadModule(ProcessConf conf, Arguments args) {
    Statement statement = (Statement) args;
    if (statement.reading().hasSeen("events") || statement.reading().hasSeen("http")) {
      throw statement.directiveError("is specified too late");
    }
    String name = args.get(0);
    if (name.endsWith(".so")) {
      checkLibrary(statement);
    } else if (name.endsWith(".jar")) {
      statement.reading().load(statement, statement.reading().source().fileName(name));
    } else if (!statement.reading().isInstalled(name)) {
      args.warn("module \"" + name + "\" is not there yet");
    }
    return conf;
  }

  /**
   * A library of nginx's is accepted if a module here does its work; {@code ngx_http_lua_module.so}
   * is the module {@code lua}.
   */
  private static void checkLibrary(Statement args) {
    String file = args.reading().source().fileName(args.get(0));
    String module =
        file.substring(file.lastIndexOf('/') + 1, file.length() - 3)
            .replaceFirst("^ngx_http_", "")
            .replaceFirst("(_filter)?_module$", "")
            .replace("ndk_http", "lua");
    if (!args.reading().modules().names().contains(module)) {
      throw args.error(
          "dlopen() \""
              + file
              + "\" failed ("
              + file
              + ": cannot open shared object file: No such file or directory)");
    }
    args.hasNoEffect("the module \"" + module + "\" is there without it");
  }

  private static ProcessConf user(ProcessConf conf, Arguments args) {
    if (!IS_ROOT) {
      args.warn(
          "the \"user\" directive makes sense only if the master process runs with super-user"
              + " privileges, ignored");
      return conf;
    }
    String user = args.get(0);
    String group = args.size() == 2 ? args.get(1) : user;
    try {
      return conf.with("user", Account.of(user, group));
    } catch (SystemException e) {
      throw args.error(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return System.getProperty("user.name").equals("root"); // no /proc here
    }
  }

  /** Whether the server may bind port 80. */
  static int defaultPort() {
    return IS_ROOT ? 80 : 8000;
  }
}
