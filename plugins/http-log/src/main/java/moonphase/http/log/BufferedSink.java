package moonphase.http.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;
import moonphase.spi.Exchange;
import moonphase.spi.LogFile;

/**
 * A file that gets lines in blocks: when the next line does not fit, when a time is over, and when
 * a generation ends.
 *
 * <p>Threads: workers append, the last one of a generation flushes; {@link #lock} guards {@link
 * #lines}.
 *
 * <p>Deviation: two directives that name the same file have a buffer each, so the order of their
 * lines is that of their blocks.
 */
final class BufferedSink implements LogSink {
  private final LogFile file;
  private final int size;
  private final long flushMillis;
  private final int gzipLevel;
  private final ReentrantLock lock = new ReentrantLock();
  private final StringBuilder lines = new StringBuilder();

  /**
   * A buffer in front of a file.
   *
   * @param size in bytes
   * @param flushMillis 0: time does not flush
   * @param gzipLevel 0: blocks are written as they are
   */
  BufferedSink(LogFile file, int size, long flushMillis, int gzipLevel) {
    this.file = file;
    this.size = size;
    this.flushMillis = flushMillis;
    this.gzipLevel = gzipLevel;
  }

  @Override
  public void write(Exchange exchange, String line) {
    lock.lock();
    try {
      if (lines.length() + line.length() > size) {
        flush();
      }
      if (line.length() > size) {
        writeBlock(line);
        return;
      }
      if (lines.isEmpty() && flushMillis > 0) {
        exchange.connection().worker().schedule(flushMillis, this::flush);
      }
      lines.append(line);
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is waiting. Any thread. */
  void flush() {
    lock.lock();
    try {
      if (!lines.isEmpty()) {
        writeBlock(lines.toString());
        lines.setLength(0);
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeBlock(String block) {
    file.write(gzipLevel == 0 ? block : compress(block));
  }

  private String compress(String block) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new LeveledGzip(bytes, gzipLevel)) {
      gzip.write(block.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory does not fail", impossible);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** The JDK's stream with a level that can be chosen. */
  private static final class LeveledGzip extends GZIPOutputStream {
    LeveledGzip(ByteArrayOutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(level);
    }
  }
}
