package moonphase.kernel.conf;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import moonphase.kernel.log.LogFiles;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.spi.ConfException;
import moonphase.spi.ConfKey;
import moonphase.spi.FilePath;
import moonphase.spi.Level;
import moonphase.spi.LogLevel;
import moonphase.spi.RegexEngine;
import moonphase.spi.RewriteScript;

/** Reads a configuration. Stateless; blocks on files. */
public final class ConfReader {
  private ConfReader() {}

  /** Reads as below; what {@code load_module} names is there already, or has gone since. */
  public static Configuration read(
      ConfSource source,
      ModuleSet modules,
      Optional<RegexEngine> regexEngine,
      LogFiles files,
      BiConsumer<LogLevel, String> warnings) {
    return read(source, modules, regexEngine, files, warnings, new NothingToLoad(modules));
  }

  private record NothingToLoad(ModuleSet modules) implements ModuleLoader {
    @Override
    public ModuleSet load(String file) {
      return modules;
    }

    @Override
    public boolean isInstalled(String symbolicName) {
      return true;
    }
  }

  /**
   * Reads, checks and merges.
   *
   * @param source the texts
   * @param modules who declares what, besides the core module
   * @param regexEngine compiles expressions; absent: an expression is an error that says so
   * @param files opens log files
   * @param warnings told of each {@code [warn]} line as it comes, without the tag
   * @param loader does what {@code load_module} says
   * @throws ConfException at the first error in the order of the file
   */
  public static Configuration read(
      ConfSource source,
      ModuleSet modules,
      Optional<RegexEngine> regexEngine,
      LogFiles files,
      BiConsumer<LogLevel, String> warnings,
      ModuleLoader loader) {
    Reading reading = new Reading(source, modules, regexEngine, files, warnings, loader);
    Block main = new Block(null, Level.MAIN, "");
    if (!source.globals().isEmpty()) {
      reading.read(new ConfLexer("", source.globals()), main, true);
    }
    reading.include(source.confFile(), main, null);
    if (!reading.hasSeen("events")) {
      throw new ConfException("no \"events\" section in configuration");
    }
    Block http =
        main.children().stream()
            .filter(block -> block.level() == Level.HTTP)
            .findFirst()
            .orElseGet(() -> new Block(main, Level.HTTP, ""));
    reading.resolveVariables(); // again: what stands outside http may read some too
    setDefaults(reading, main);
    main.merge(new Merged.Keys(keys(reading.modules())));
    List<Listen> listens = reading.servers().listens();
    int connections = main.conf(ProcessConf.KEY).workerConnections();
    if (connections < listens.size() + 1) {
      throw new ConfException(
          connections
              + " worker_connections are not enough for "
              + listens.size()
              + " listening sockets");
    }
    return new Configuration(
        source,
        reading.modules(),
        main,
        http,
        listens,
        reading.variables(),
        reading.files(),
        reading.openLogFiles(),
        reading.notices());
  }

  /** Everything that a directive can set. */
  private static Set<ConfKey<?>> keys(ModuleSet modules) {
    Set<ConfKey<?>> keys = Collections.newSetFromMap(new IdentityHashMap<>());
    keys.add(RewriteScript.KEY);
    modules.directives().forEach(same -> same.forEach(d -> keys.add(d.directive().key())));
    return keys;
  }

  /** Writes on the level main what depends on the prefix and the command line. */
  private static void setDefaults(Reading reading, Block main) {
    ConfSource source = reading.source();
    CoreConf core = main.own(CoreConf.KEY);
    if (!core.has(CoreSetting.ERROR_LOG)) {
      NginxErrorLog.Target first =
          NginxErrorLog.Target.of(
              source.errorLog().equals("stderr")
                  ? reading.stderr()
                  : reading.logFile(FilePath.of(source.errorLog())),
              LogLevel.ERROR);
      core = core.with(CoreSetting.ERROR_LOG, new NginxErrorLog(List.of(first)));
    }
    main.put(
        CoreConf.KEY,
        core.with(CoreSetting.ROOT, DocumentRoot.byDefault(source.prefix()))
            .with(
                CoreSetting.CLIENT_BODY_TEMP_PATH,
                FilePath.of(source.fileName("client_body_temp"))));
    ProcessConf process = main.own(ProcessConf.KEY);
    if (process.get("pid") == null) {
      process = process.with("pid", FilePath.of(source.fileName("logs/nginx.pid")));
    }
    main.put(ProcessConf.KEY, process);
  }
}
