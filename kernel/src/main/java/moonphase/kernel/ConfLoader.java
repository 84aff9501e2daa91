package moonphase.kernel;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import moonphase.kernel.conf.ConfReader;
import moonphase.kernel.conf.ConfSource;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.conf.ModuleSet;
import moonphase.kernel.log.LogFiles;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.spi.ConfException;
import moonphase.spi.Errno;
import moonphase.spi.FilePath;
import moonphase.spi.HttpModule;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/** Reads configurations, and says what is wrong with them. One thread at a time; blocks. */
final class ConfLoader {
  private final Settings settings;
  private final LogFiles files;

  /** The log until a configuration names one; null before the first reading. */
  private @Nullable NginxErrorLog first;

  ConfLoader(Settings settings, LogFiles files) {
    this.settings = settings;
    this.files = files;
  }

  /**
   * Reads the files anew.
   *
   * @throws ConfException in nginx's words; nothing was logged yet
   */
  Configuration read(List<Plugin> plugins, BiConsumer<LogLevel, String> warnings) {
    ConfSource source =
        ConfSource.of(settings.prefix(), settings.conf(), settings.globals(), settings.errorLog());
    if (first == null) {
      first = open(source.errorLog());
    }
    return ConfReader.read(
        source, ModuleSet.of(modules(plugins)), settings.regexEngine(), files, warnings);
  }

  /**
   * Reads the same texts with other modules; those that have gone are understood, and set nothing.
   */
  Configuration again(Configuration earlier, List<Plugin> plugins) {
    ModuleSet modules = ModuleSet.of(modules(plugins), earlier.modules());
    return ConfReader.read(
        earlier.source(), modules, settings.regexEngine(), files, (level, line) -> {});
  }

  private static List<HttpModule> modules(List<Plugin> plugins) {
    List<HttpModule> modules = new ArrayList<>();
    for (Plugin plugin : plugins) {
      if (plugin.service() instanceof HttpModule module) {
        modules.add(module);
      }
    }
    return modules;
  }

  private NginxErrorLog open(String name) {
    if (name.equals("stderr")) {
      return new NginxErrorLog(List.of(new NginxErrorLog.Target(files.stderr(), LogLevel.NOTICE)));
    }
    Path path = FilePath.of(name);
    try {
      return new NginxErrorLog(
          List.of(new NginxErrorLog.Target(files.open(path), LogLevel.NOTICE)));
    } catch (UncheckedIOException e) {
      settings
          .stderr()
          .accept(
              "nginx: [alert] could not open error log file: open() \""
                  + name
                  + "\" failed ("
                  + Errno.of(Objects.requireNonNull(e.getCause()))
                  + ")");
      return new NginxErrorLog(List.of());
    }
  }

  /** The log that {@code -e} names; empty before the first reading. */
  Optional<NginxErrorLog> firstLog() {
    return Optional.ofNullable(first);
  }
}
