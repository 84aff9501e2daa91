package moonphase.transport.netty.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server on a port of the loopback, with a folder of its own. */
interface Site extends AutoCloseable {
  /** Seconds that something may take that another thread or process does. */
  long PATIENCE_SECONDS = 20;

  /** The port of the first server. */
  int port();

  /** Where logs and temporary files are. */
  Path folder();

  @Override
  void close() throws IOException;

  /** What its error log says now. */
  default String errorLog() throws IOException {
    Path log = folder().resolve("logs/error.log");
    return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
  }

  /** Waits until the error log has each of some texts; gives back those that did not come. */
  default List<String> awaitErrors(List<String> texts) throws IOException {
    long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
    List<String> missing = new ArrayList<>(texts);
    while (true) {
      String log = errorLog();
      missing.removeIf(log::contains);
      if (missing.isEmpty() || System.nanoTime() > end) {
        return missing;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  /** Makes the folder; {@code %PORT%} in the configuration is the port. */
  static void prepare(Path folder, String configuration, int port) throws IOException {
    for (String name : List.of("conf", "logs", "html")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("conf/nginx.conf"),
        configuration.replace("%PORT%", Integer.toString(port)),
        StandardCharsets.ISO_8859_1);
  }
}
