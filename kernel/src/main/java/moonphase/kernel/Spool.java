package moonphase.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import moonphase.spi.FilePath;
import moonphase.spi.LogLevel;

/** A request body on its way into a temporary file. Worker thread; blocks for the disk. */
final class Spool {
  private final Path path;
  private final FileChannel channel;
  private final KernelExchange exchange;

  private Spool(Path path, FileChannel channel, KernelExchange exchange) {
    this.path = path;
    this.channel = channel;
    this.exchange = exchange;
  }

  /**
   * Opens a file; who deletes it is the caller's business.
   *
   * @throws IOException if it cannot be opened
   */
  static Spool open(BodyLimits limits, KernelExchange exchange) throws IOException {
    TemporaryFiles.Opened opened =
        exchange.cycle().generation().temporaryFiles().open(limits.folder());
    Spool spool = new Spool(opened.path(), opened.channel(), exchange);
    exchange.log().log(
        limits.isFileOnly() ? LogLevel.NOTICE : LogLevel.WARN,
        "a client request body is buffered to a temporary file " + FilePath.name(opened.path()));
    return spool;
  }

  Path path() {
    return path;
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Closes the file and gives its path. */
  Path close() throws IOException {
    channel.close();
    return path;
  }

  /** Closes a file that will not be completed. */
  void abandon() {
    try {
      channel.close();
    } catch (IOException e) {
      exchange.log().log(LogLevel.ALERT, "close() file \"" + FilePath.name(path) + "\" failed");
    }
  }
}
