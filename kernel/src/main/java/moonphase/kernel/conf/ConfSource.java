package moonphase.kernel.conf;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a configuration is read from. Files are read once: a second reading with other modules sees
 * the same texts. For one thread at a time.
 */
public final class ConfSource {
  private final String prefix;
  private final String confFile;
  private final String globals;
  private final String errorLog;

  private ConfSource(String prefix, String confFile, String globals, String errorLog) {
    this.prefix = prefix;
    this.confFile = confFile;
    this.globals = globals;
    this.errorLog = errorLog;
  }

  /**
   * Files of the system.
   *
   * @param prefix the folder that relative names start at, as {@code -p}
   * @param confFile the main file, as {@code -c}; relative to the prefix
   * @param globals directives of the main level, as {@code -g}; empty for none
   * @param errorLog the log until the configuration names one, as {@code -e}; relative to the
   *     prefix; {@code stderr} for the standard error output
   */
  public static ConfSource of(Path prefix, String confFile, String globals, String errorLog) {
    throw new UnsupportedOperationException();
  }

  /** Texts by absolute name, in place of files; for tests. */
  public static ConfSource of(String prefix, Map<String, String> files) {
    throw new UnsupportedOperationException();
  }

  /** The folder that relative names start at, with a slash at its end. */
  public String prefix() {
    return prefix;
  }

  /** The absolute name of the main file. */
  public String confFile() {
    return confFile;
  }

  /** Directives of the main level from the command line; empty for none. */
  public String globals() {
    return globals;
  }

  /** The absolute name of the first error log; {@code stderr} for the standard error output. */
  public String errorLog() {
    return errorLog;
  }
}
