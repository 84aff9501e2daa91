package moonphase.kernel.conf;

import java.util.List;
import moonphase.kernel.log.MemoryLog;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.spi.Arguments;
import moonphase.spi.LogLevel;
import moonphase.spi.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * {@code error_log file|stderr|syslog:...|memory:size [level ...]}.
 *
 * <p>Source: ngx_log_set_log, ngx_log_set_levels.
 */
final class ErrorLogDirective {
  private static final String MEMORY = "memory:";

  /** A memory log has to hold its own first line and the longest line. */
  private static final int LEAST = 11 + 20 + 20 + 2048;

  private static final List<String> DEBUG_LEVELS =
      List.of(
          "debug_core",
          "debug_alloc",
          "debug_mutex",
          "debug_event",
          "debug_http",
          "debug_mail",
          "debug_stream");

  private ErrorLogDirective() {}

  /** Adds the log to those of the level. */
  static CoreConf set(CoreConf conf, Arguments args) {
    NginxErrorLog.Sink sink = sink((Statement) args);
    NginxErrorLog log =
        conf.has(CoreSetting.ERROR_LOG) ? conf.errorLog() : new NginxErrorLog(List.of());
    return conf.with(CoreSetting.ERROR_LOG, log.with(new NginxErrorLog.Target(sink, level(args))));
  }

  private static NginxErrorLog.Sink sink(Statement args) {
    String name = args.get(0);
    if (name.equals("stderr")) {
      return NginxErrorLog.Sink.of(args.reading().stderr());
    }
    if (!name.startsWith(MEMORY)) {
      return NginxErrorLog.Sink.of(args.logFile(name));
    }
    String size = name.substring(MEMORY.length());
    long bytes = Quantity.bytes(size, false);
    if (bytes < LEAST + args.lexer().path().length() || bytes > Integer.MAX_VALUE) {
      throw args.error("invalid buffer size \"" + size + "\"");
    }
    return new MemoryLog((int) bytes, args.lexer().path() + ":" + args.line());
  }

  private static LogLevel level(Arguments args) {
    @Nullable LogLevel level = args.size() == 1 ? LogLevel.ERROR : null;
    boolean isPart = false;
    for (int i = 1; i < args.size(); i++) {
      String word = args.get(i);
      LogLevel named = named(word);
      boolean isNamedPart = DEBUG_LEVELS.contains(word);
      if (named == null) {
        throw args.error("invalid log level \"" + word + "\"");
      }
      if (level != null && !(isPart && isNamedPart)) {
        throw args.error((isNamedPart ? "invalid" : "duplicate") + " log level \"" + word + "\"");
      }
      level = named;
      isPart = isNamedPart;
    }
    return level == null ? LogLevel.ERROR : level;
  }

  private static @Nullable LogLevel named(String word) {
    for (LogLevel level : LogLevel.values()) {
      if (level.tag().equals(word) && level != LogLevel.STDERR) {
        return level;
      }
    }
    return DEBUG_LEVELS.contains(word) ? LogLevel.DEBUG : null;
  }
}
