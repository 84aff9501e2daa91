package moonphase.http.log;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import moonphase.spi.Arguments;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;

/**
 * The formats that {@code log_format} named; {@code combined} is there without it.
 *
 * @param byName names in lower case
 */
record LogFormats(Map<String, LogFormat> byName) implements Conf<LogFormats> {
  static final ConfKey<LogFormats> KEY = new ConfKey<>("log", new LogFormats(Map.of()));

  private static final String COMBINED =
      "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent"
          + " \"$http_referer\" \"$http_user_agent\"";

  /** These formats and the one that a directive describes. */
  LogFormats with(Arguments args) {
    String name = args.get(0);
    if (name.equals("combined") || byName.containsKey(name.toLowerCase(Locale.ROOT))) {
      throw args.error("duplicate \"log_format\" name \"" + name + "\"");
    }
    Map<String, LogFormat> all = new HashMap<>(byName);
    all.put(name.toLowerCase(Locale.ROOT), LogFormat.read(args));
    return new LogFormats(Map.copyOf(all));
  }

  /** The format of a name, as {@code access_log} asks for it. */
  static LogFormat named(Arguments args, String name) {
    if (name.equals("combined")) {
      return combined();
    }
    LogFormat format = args.http(KEY).byName.get(name.toLowerCase(Locale.ROOT));
    if (format == null) {
      throw args.error("unknown log format \"" + name + "\"");
    }
    return format;
  }

  /** The format that needs no {@code log_format}. */
  static LogFormat combined() {
    return LogFormat.of(COMBINED);
  }

  @Override
  public LogFormats inherit(LogFormats outer) {
    return outer;
  }
}
