package moonphase.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.ErrorLog;
import moonphase.spi.FilePath;
import moonphase.spi.LogLevel;

/** Makes and removes files for what does not fit into memory. Any thread; blocks for the disk. */
final class TemporaryFiles {
  private final AtomicLong next = new AtomicLong();

  /** A source of names that begins at 1. */
  TemporaryFiles() {}

  /** A new file. */
  record Opened(Path path, FileChannel channel) {}

  /**
   * Makes a file named by ten digits, and its folder if it is not there.
   *
   * @throws IOException if it cannot be made
   */
  Opened open(Path folder) throws IOException {
    Files.createDirectories(folder);
    while (true) {
      Path path = folder.resolve(String.format("%010d", next.incrementAndGet()));
      try {
        return new Opened(
            path,
            FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
      } catch (FileAlreadyExistsException e) {
        // left by an earlier process: the next number is tried, as nginx does
        continue;
      }
    }
  }

  /** Removes a file; a failure is a {@code [crit]} line. */
  static void delete(Path path, ErrorLog log) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.log(LogLevel.CRIT, "unlink() \"" + FilePath.name(path) + "\" failed");
    }
  }
}
