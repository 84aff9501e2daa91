package moonphase.kernel.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import moonphase.spi.ErrorLog;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;

/**
 * The error log as one block of the configuration has it: files and syslog servers, each with its
 * level. Immutable.
 *
 * <p>As an {@link ErrorLog} it writes lines of the process, without connection or request. Any
 * thread.
 *
 * <p>Source: ngx_log_error_core.
 */
public final class NginxErrorLog implements ErrorLog {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  /** NGX_MAX_ERROR_STR: what is beyond is cut, and the line end is part of it. */
  private static final int LONGEST = 2048;

  private final List<Target> targets;
  private final LogLevel loudest;

  /** Takes lines, with their line end. Any thread. */
  public interface Sink {
    /** Takes one line. */
    void write(LogLevel level, String latin1);

    /** A file or a syslog server as a sink. */
    static Sink of(LogFile file) {
      return file instanceof SyslogPeer peer ? peer::write : (level, line) -> file.write(line);
    }
  }

  /**
   * Where lines go, and which.
   *
   * @param sink takes the lines
   * @param level lines of this level and of more urgent ones
   */
  public record Target(Sink sink, LogLevel level) {
    /** A file or a syslog server as a target. */
    public static Target of(LogFile file, LogLevel level) {
      return new Target(Sink.of(file), level);
    }
  }

  /** A log to these files; with none it writes nothing. */
  public NginxErrorLog(List<Target> targets) {
    this.targets = List.copyOf(targets);
    LogLevel most = LogLevel.STDERR;
    for (Target target : targets) {
      most = target.level.compareTo(most) > 0 ? target.level : most;
    }
    loudest = most;
  }

  /** This log, and one file more. */
  public NginxErrorLog with(Target target) {
    List<Target> all = new ArrayList<>(targets);
    all.add(target);
    return new NginxErrorLog(all);
  }

  @Override
  public boolean isEnabled(LogLevel level) {
    return level.compareTo(loudest) <= 0 && !targets.isEmpty();
  }

  @Override
  public void log(LogLevel level, String message) {
    write(level, ProcessHandle.current().pid(), 0, message, "");
  }

  @Override
  public void log(LogLevel level, String message, Throwable bug) {
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    write(level, ProcessHandle.current().pid(), 0, message, "", trace.toString());
  }

  /**
   * Writes a line of a worker.
   *
   * @param id the kernel's number of the thread
   * @param connection the number of the connection; 0 for none
   * @param message Latin-1
   * @param context what stands behind the message, such as {@link RequestContext#text}; empty for
   *     nothing
   */
  public void write(LogLevel level, long id, long connection, String message, String context) {
    write(level, id, connection, message, context, "");
  }

  /**
   * Writes a line of a connection that {@code debug_connection} names: each target takes it.
   *
   * @param trace what stands below the line, such as a stack trace; empty for nothing
   */
  public void writeAll(
      LogLevel level, long id, long connection, String message, String context, String trace) {
    String text = line(level, id, connection, message, context, trace);
    targets.forEach(target -> target.sink.write(level, text));
  }

  /**
   * Writes a line of a worker, and what stands below it.
   *
   * @param trace such as a stack trace; empty for nothing
   */
  public void write(
      LogLevel level, long id, long connection, String message, String context, String trace) {
    if (!isEnabled(level)) {
      return;
    }
    String text = line(level, id, connection, message, context, trace);
    for (Target target : targets) {
      if (level.compareTo(target.level) <= 0) {
        target.sink.write(level, text);
      }
    }
  }

  private static String line(
      LogLevel level, long id, long connection, String message, String context, String trace) {
    StringBuilder line = new StringBuilder(96 + message.length() + context.length());
    TIME.formatTo(LocalDateTime.now(), line);
    line.append(" [").append(level.tag()).append("] ").append(id).append('#').append(id);
    line.append(": ");
    if (connection != 0) {
      line.append('*').append(connection).append(' ');
    }
    line.append(message).append(level == LogLevel.DEBUG ? "" : context);
    if (line.length() >= LONGEST) {
      line.setLength(LONGEST - 1);
    }
    return line.append('\n').append(trace).toString();
  }
}
