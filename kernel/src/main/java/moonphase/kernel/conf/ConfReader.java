package moonphase.kernel.conf;

import java.util.Optional;
import java.util.function.Consumer;
import moonphase.kernel.log.LogFiles;
import moonphase.spi.RegexEngine;

/** Reads a configuration. Stateless; blocks on files. */
public final class ConfReader {
  private ConfReader() {}

  /**
   * Reads, checks and merges.
   *
   * @param source the texts
   * @param modules who declares what, besides the core module
   * @param regexEngine compiles expressions; absent: an expression is an error that says so
   * @param files opens log files
   * @param warnings told of each {@code [warn]} line as it comes, without the tag
   * @throws moonphase.spi.ConfException at the first error in the order of the file
   */
  public static Configuration read(
      ConfSource source,
      ModuleSet modules,
      Optional<RegexEngine> regexEngine,
      LogFiles files,
      Consumer<String> warnings) {
    throw new UnsupportedOperationException();
  }
}
