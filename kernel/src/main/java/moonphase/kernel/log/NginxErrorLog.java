package moonphase.kernel.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import moonphase.spi.ErrorLog;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;

/**
 * The error log as one block of the configuration has it: files, each with its level. Immutable.
 *
 * <p>As an {@link ErrorLog} it writes lines of the process, without connection or request. Any
 * thread.
 */
public final class NginxErrorLog implements ErrorLog {
  private static final long PID = ProcessHandle.current().pid();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  /** Chars of a message that are written; nginx cuts at 2,048, which hides causes. */
  private static final int LONGEST = 16_384;

  private final List<Target> targets;
  private final LogLevel loudest;

  /**
   * A file and what goes into it.
   *
   * @param file the file
   * @param level lines of this level and of more urgent ones
   */
  public record Target(LogFile file, LogLevel level) {}

  /** A log to these files. */
  public NginxErrorLog(List<Target> targets) {
    this.targets = List.copyOf(targets);
    LogLevel most = LogLevel.STDERR;
    for (Target target : targets) {
      most = target.level.compareTo(most) > 0 ? target.level : most;
    }
    loudest = most;
  }

  /** The files; none for a log that nobody reads. */
  public List<Target> targets() {
    return targets;
  }

  /** This log, and one file more. */
  public NginxErrorLog with(Target target) {
    List<Target> all = new java.util.ArrayList<>(targets);
    all.add(target);
    return new NginxErrorLog(all);
  }

  @Override
  public boolean isEnabled(LogLevel level) {
    return level.compareTo(loudest) <= 0;
  }

  @Override
  public void log(LogLevel level, String message) {
    write(level, PID, 0, message, "");
  }

  @Override
  public void log(LogLevel level, String message, Throwable bug) {
    write(level, PID, 0, message, "", bug);
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
    String line = null;
    for (Target target : targets) {
      if (level.compareTo(target.level) <= 0) {
        line = line == null ? line(level, id, connection, message, context) : line;
        target.file.write(line);
      }
    }
  }

  private static String line(
      LogLevel level, long id, long connection, String message, String context) {
    String shown = message.length() <= LONGEST ? message : message.substring(0, LONGEST);
    StringBuilder line = new StringBuilder(64 + shown.length() + context.length());
    line.append(TIME.format(LocalDateTime.now()));
    line.append(" [").append(level.tag()).append("] ").append(PID).append('#').append(id);
    line.append(": ");
    if (connection > 0) {
      line.append('*').append(connection).append(' ');
    }
    return line.append(shown).append(context).append('\n').toString();
  }

  /** Writes a line of a worker that a Java failure lies behind; the stack trace follows. */
  public void write(
      LogLevel level, long id, long connection, String message, String context, Throwable bug) {
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    write(level, id, connection, message, context + "\n" + trace.toString().stripTrailing());
  }
}
