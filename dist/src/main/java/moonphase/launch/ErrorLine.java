package moonphase.launch;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A line of the launcher's own in nginx's format on the JVM's standard error, which is the error
 * log named by {@code -e}. The configuration's logs belong to the kernel. Any thread.
 */
final class ErrorLine {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

  private ErrorLine() {}

  static void write(String level, String text) {
    long pid = ProcessHandle.current().pid();
    System.err.println(
        TIME.format(LocalDateTime.now()) + " [" + level + "] " + pid + "#0: " + text);
  }
}
