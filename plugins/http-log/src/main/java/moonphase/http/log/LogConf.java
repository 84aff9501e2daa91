package moonphase.http.log;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;

/**
 * The access logs of a level; inherited only if the level has none.
 *
 * @param logs in the order in which they were written
 * @param isOff {@code access_log off}, which no other log of the level outweighs
 */
record LogConf(List<AccessLog> logs, boolean isOff) implements Conf<LogConf> {
  static final ConfKey<LogConf> KEY = new ConfKey<>("log", new LogConf(List.of(), false));

  /** These logs and the one that a directive describes. */
  LogConf with(Arguments args) {
    if (!args.get(0).equals("off")) {
      List<AccessLog> all = new ArrayList<>(logs);
      all.add(AccessLog.read(args));
      return new LogConf(List.copyOf(all), isOff);
    }
    if (args.size() > 1) {
      throw args.error("invalid parameter \"" + args.get(1) + "\"");
    }
    return new LogConf(logs, true);
  }

  /** Whether no {@code access_log} is in force, so that the default log is written. */
  boolean isUnset() {
    return logs.isEmpty() && !isOff;
  }

  @Override
  public LogConf inherit(LogConf outer) {
    return isUnset() ? outer : this;
  }
}
