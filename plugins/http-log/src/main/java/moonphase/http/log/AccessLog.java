package moonphase.http.log;

import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Exchange;
import moonphase.spi.Quantity;
import moonphase.spi.Template;

/**
 * One {@code access_log path [format [buffer=size] [gzip[=level]] [flush=time] [if=condition]]}.
 *
 * <p>Source: nginx manual, ngx_http_log_module, "access_log".
 *
 * @param sink where lines go
 * @param format what they look like
 * @param condition present: an empty value or {@code 0} keeps a request out
 */
record AccessLog(LogSink sink, LogFormat format, Optional<Template> condition) {
  private static final long GZIP_BUFFER = 64 * 1024;

  /** Reads the directive. */
  static AccessLog read(Arguments args) {
    LogSink sink = sink(args);
    LogFormat format = LogFormats.named(args, args.size() > 1 ? args.get(1) : "combined");
    long buffer = 0;
    long flushMillis = 0;
    int gzip = 0;
    Optional<Template> condition = Optional.empty();
    for (int i = 2; i < args.size(); i++) {
      String parameter = args.get(i);
      String value = parameter.substring(parameter.indexOf('=') + 1);
      if (parameter.startsWith("buffer=")) {
        buffer = Quantity.bytes(value, false);
        check(args, buffer > 0 && buffer <= Integer.MAX_VALUE, "invalid buffer size", value);
      } else if (parameter.startsWith("flush=")) {
        flushMillis = Quantity.millis(value);
        check(args, flushMillis > 0, "invalid flush time", value);
      } else if (parameter.equals("gzip") || parameter.startsWith("gzip=")) {
        gzip = parameter.equals("gzip") ? 1 : level(value);
        check(args, gzip > 0, "invalid compression level", value);
        buffer = buffer == 0 ? GZIP_BUFFER : buffer;
      } else if (parameter.startsWith("if=")) {
        condition = Optional.of(args.template(value));
      } else {
        check(args, false, "invalid parameter", parameter);
      }
    }
    check(args, flushMillis == 0 || buffer > 0, "no buffer is defined for access_log", args.get(0));
    if (buffer > 0) {
      buffer(args, sink, new LineBuffer.Parameters((int) buffer, flushMillis, gzip));
    }
    return new AccessLog(sink, format, condition);
  }

  /** From 1 to 9, otherwise 0. */
  private static int level(String text) {
    return text.matches("[1-9]") ? text.charAt(0) - '0' : 0;
  }

  private static LogSink sink(Arguments args) {
    String name = args.get(0);
    if (name.startsWith("syslog:")) {
      return new SyslogSink(args.logFile(name));
    }
    return name.indexOf('$') >= 0
        ? new VariableSink(args.template(name.startsWith("/") ? name : args.prefix() + name))
        : FileSink.of(args);
  }

  private static void buffer(Arguments args, LogSink sink, LineBuffer.Parameters parameters) {
    switch (sink) {
      case VariableSink variable -> throw args.error("buffered logs cannot have variables in name");
      case SyslogSink syslog -> throw args.error("logs to syslog cannot be buffered");
      case FileSink file ->
          check(
              args,
              file.buffer(parameters),
              "access_log \"" + args.get(0) + "\" already defined with conflicting parameters");
    }
  }

  private static void check(Arguments args, boolean holds, String complaint) {
    if (!holds) {
      throw args.error(complaint);
    }
  }

  private static void check(Arguments args, boolean holds, String complaint, String value) {
    check(args, holds, complaint + " \"" + value + "\"");
  }

  /** Writes the line of an exchange, unless the condition keeps it out. Worker thread. */
  void write(Exchange exchange, LogConf conf) {
    if (condition.isPresent()) {
      String value = condition.get().evaluate(exchange);
      if (value.isEmpty() || value.equals("0")) {
        return;
      }
    }
    sink.write(exchange, conf, format.line(exchange));
  }
}
