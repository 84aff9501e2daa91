package moonphase.http.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import moonphase.spi.Chunk;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.LogLevel;

/** A file being sent; it is closed when the last slice of it was released. Any thread. */
final class OpenFile {
  private final Exchange exchange;
  private final String name;
  private final FileChannel channel;
  private final long size;
  private final AtomicInteger slices = new AtomicInteger();

  /**
   * A file that was opened.
   *
   * @param size in bytes, when it was opened
   */
  OpenFile(Exchange exchange, String name, FileChannel channel, long size) {
    this.exchange = exchange;
    this.name = name;
    this.channel = channel;
    this.size = size;
  }

  /** Opens a file, which blocks for the disk. */
  static OpenFile of(Exchange exchange, String name) throws IOException {
    FileChannel channel = FileChannel.open(FilePath.of(name), StandardOpenOption.READ);
    try {
      return new OpenFile(exchange, name, channel, channel.size());
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  long size() {
    return size;
  }

  /** A part of it; every slice is made before the first one is sent. */
  Chunk slice(long position, long length, boolean isLast) {
    slices.incrementAndGet();
    return new Chunk.FileSlice(channel, position, length, this::release, false, isLast);
  }

  private void release() {
    if (slices.decrementAndGet() == 0) {
      close();
    }
  }

  /** Closes a file of which no slice was made. */
  void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      exchange.log().log(
          LogLevel.ALERT, "close() \"" + name + "\" failed (" + Errno.of(failure) + ")");
    }
  }
}
