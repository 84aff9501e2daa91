package moonphase.http.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * The access logs of a level; inherited only if the level has none.
 *
 * @param logs in the order in which they were written
 * @param isOff {@code access_log off}, which no other log of the level outweighs
 * @param cache {@code open_log_file_cache}, inherited by itself; empty if it was not written
 */
record LogConf(List<AccessLog> logs, boolean isOff, Optional<Cache> cache)
    implements Conf<LogConf> {
  static final ConfKey<LogConf> KEY =
      new ConfKey<>("log", new LogConf(List.of(), false, Optional.empty()));

  /**
   * Files that stay open.
   *
   * @param files null: {@code off}
   */
  record Cache(@Nullable OpenLogFiles files) {}

  /** These logs and the one that a directive describes. */
  LogConf with(Arguments args) {
    if (!args.get(0).equals("off")) {
      List<AccessLog> all = new ArrayList<>(logs);
      all.add(AccessLog.read(args));
      return new LogConf(List.copyOf(all), isOff, cache);
    }
    if (args.size() > 1) {
      throw args.error("invalid parameter \"" + args.get(1) + "\"");
    }
    return new LogConf(logs, true, cache);
  }

  /** This, with {@code open_log_file_cache}. */
  LogConf withCache(Arguments args) {
    int max = 0;
    long inactive = 10;
    long valid = 60;
    int minUses = 1;
    boolean off = false;
    for (int i = 0; i < args.size(); i++) {
      String parameter = args.get(i);
      String value = parameter.substring(parameter.indexOf('=') + 1);
      long number =
          switch (parameter.substring(0, parameter.indexOf('=') + 1)) {
            case "max=" -> max = count(value);
            case "inactive=" -> inactive = Quantity.seconds(value);
            case "min_uses=" -> minUses = count(value);
            case "valid=" -> valid = Quantity.seconds(value);
            default -> parameter.equals("off") ? 0 : -1;
          };
      if (number < 0) {
        throw args.error("invalid \"open_log_file_cache\" parameter \"" + parameter + "\"");
      }
      off |= parameter.equals("off");
    }
    if (!off && max == 0) {
      throw args.error("\"open_log_file_cache\" must have \"max\" parameter");
    }
    OpenLogFiles files =
        off ? null : new OpenLogFiles(new OpenLogFiles.Parameters(max, inactive, minUses, valid));
    return new LogConf(logs, isOff, Optional.of(new Cache(files)));
  }

  private static int count(String text) {
    long number = Quantity.number(text);
    return number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  /** Files with variables in their names that stay open; null if none do. */
  @Nullable OpenLogFiles openFiles() {
    return cache.isEmpty() ? null : cache.get().files();
  }

  /** Whether no {@code access_log} is in force, so that the default log is written. */
  boolean isUnset() {
    return logs.isEmpty() && !isOff;
  }

  @Override
  public LogConf inherit(LogConf outer) {
    Optional<Cache> kept = cache.isPresent() ? cache : outer.cache;
    return isUnset() ? new LogConf(outer.logs, outer.isOff, kept) : new LogConf(logs, isOff, kept);
  }
}
