package moonphase.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import moonphase.kernel.conf.ConfReader;
import moonphase.kernel.conf.ConfSource;
import moonphase.kernel.conf.Configuration;
import moonphase.kernel.conf.ModuleLoader;
import moonphase.kernel.conf.ModuleSet;
import moonphase.kernel.log.LogFiles;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.spi.ConfException;
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
   * A configuration, and what it was read with.
   *
   * @param configuration what was read
   * @param offer what takes part, {@code load_module}'s among it
   */
  record Loaded(Configuration configuration, Offer offer) {}

  /**
   * Reads the files anew.
   *
   * @throws ConfException in nginx's words; nothing was logged yet
   */
  Loaded read(Modules modules, BiConsumer<LogLevel, String> warnings) {
    ConfSource source =
        ConfSource.of(settings.prefix(), settings.conf(), settings.globals(), settings.errorLog());
    if (first == null) {
      first = open(source.errorLog());
    }
    Loading loading = new Loading(modules);
    Configuration configuration =
        ConfReader.read(
            source, loading.modules(), settings.regexEngine().get(), files, warnings, loading);
    return new Loaded(configuration, loading.present);
  }

  /** Follows {@code load_module} through one reading. */
  private static final class Loading implements ModuleLoader {
    private final Modules source;
    private Offer present;

    Loading(Modules source) {
      this.source = source;
      this.present = source.present();
    }

    ModuleSet modules() {
      return ModuleSet.of(ConfLoader.modules(present.plugins()));
    }

    @Override
    public ModuleSet load(String file) {
      source.load(file);
      present = source.present();
      return modules();
    }

    @Override
    public boolean isInstalled(String symbolicName) {
      return source.isInstalled(symbolicName);
    }
  }

  /**
   * Reads the same texts with other modules; those that have gone are understood, and set nothing.
   */
  Configuration again(Configuration earlier, List<Plugin> plugins) {
    ModuleSet modules = ModuleSet.of(modules(plugins), earlier.modules());
    return ConfReader.read(
        earlier.source(), modules, settings.regexEngine().get(), files, (level, line) -> {});
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
      return new NginxErrorLog(List.of(NginxErrorLog.Target.of(files.stderr(), LogLevel.NOTICE)));
    }
    Path path = FilePath.of(name);
    try {
      return new NginxErrorLog(List.of(NginxErrorLog.Target.of(files.open(path), LogLevel.NOTICE)));
    } catch (ConfException e) {
      settings.stderr().accept("nginx: [alert] could not open error log file: " + e.getMessage());
      return new NginxErrorLog(List.of());
    }
  }

  /** The log that {@code -e} names; empty before the first reading. */
  Optional<NginxErrorLog> firstLog() {
    return Optional.ofNullable(first);
  }
}
