package moonphase.http.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPOutputStream;
import moonphase.spi.ErrorLog;
import moonphase.spi.Exchange;
import moonphase.spi.LogFile;
import moonphase.spi.Worker;

/**
 * Lines that are written to a file in blocks: when the next line does not fit, when the oldest one
 * has waited long enough, before the file is opened anew, and when a generation ends.
 *
 * <p>Threads: workers append, any thread flushes; {@link #lock} guards what follows it.
 */
final class LineBuffer {
  private final LogFile file;
  private final WriteFailures failures;
  private final Parameters parameters;
  private final ReentrantLock lock = new ReentrantLock();
  private final StringBuilder lines = new StringBuilder();

  /** When the oldest line has waited long enough, in nanoseconds; of use if there is a line. */
  private long due;

  /** Whether some worker will look again; there is one timer at most. */
  private boolean timed;

  /**
   * What a directive says of a buffer.
   *
   * @param size in bytes
   * @param flushMillis 0: time does not flush
   * @param gzipLevel 0: blocks are written as they are
   */
  record Parameters(int size, long flushMillis, int gzipLevel) {}

  /** An empty buffer in front of a file. */
  LineBuffer(LogFile file, WriteFailures failures, Parameters parameters) {
    this.file = file;
    this.failures = failures;
    this.parameters = parameters;
  }

  Parameters parameters() {
    return parameters;
  }

  /** Takes a line with its line end. Worker thread. */
  void write(Exchange exchange, String line) {
    lock.lock();
    try {
      if (lines.length() + line.length() > parameters.size) {
        flush(exchange.log());
      }
      if (line.length() > parameters.size) {
        writeBlock(line, exchange.log());
        return;
      }
      if (lines.isEmpty() && parameters.flushMillis > 0) {
        due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(parameters.flushMillis);
        if (!timed) {
          look(
              exchange.connection().worker(),
              exchange.location().generation().log(),
              parameters.flushMillis);
        }
      }
      lines.append(line);
    } finally {
      lock.unlock();
    }
  }

  private void look(Worker worker, ErrorLog log, long millis) {
    timed = true;
    worker.schedule(millis, () -> flushIfDue(worker, log));
  }

  private void flushIfDue(Worker worker, ErrorLog log) {
    lock.lock();
    try {
      timed = false;
      long left = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
      if (lines.isEmpty() || left <= 0) {
        flush(log);
      } else {
        look(worker, log, left + 1); // others came since the timer was set
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Writes what is waiting. Any thread.
   *
   * @param log told if that fails
   */
  void flush(ErrorLog log) {
    lock.lock();
    try {
      if (!lines.isEmpty()) {
        writeBlock(lines.toString(), log);
        lines.setLength(0);
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeBlock(String block, ErrorLog log) {
    if (!failures.isPausing()) {
      failures.note(log, file.write(parameters.gzipLevel == 0 ? block : compress(block)));
    }
  }

  private String compress(String block) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new LeveledGzip(bytes, parameters.gzipLevel)) {
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
