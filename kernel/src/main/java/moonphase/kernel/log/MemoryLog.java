package moonphase.kernel.log;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.LogLevel;

/**
 * A cyclic buffer of lines, for a heap dump to show: {@code MEMLOG size file:line}, a line end, and
 * the lines behind it, the oldest overwritten by the newest. Any thread; lines of several threads
 * at once may be written over each other, as nginx's may.
 *
 * <p>Source: ngx_log_memory_writer.
 */
public final class MemoryLog implements NginxErrorLog.Sink {
  private final byte[] bytes;
  private final int start;
  private final AtomicLong written = new AtomicLong();

  /**
   * An empty buffer.
   *
   * @param size in bytes, the first line included
   * @param place the file and the line where it is configured
   */
  public MemoryLog(int size, String place) {
    bytes = " ".repeat(size).getBytes(StandardCharsets.ISO_8859_1);
    byte[] first = ("MEMLOG " + size + " " + place + "\n").getBytes(StandardCharsets.ISO_8859_1);
    start = first.length;
    System.arraycopy(first, 0, bytes, 0, start);
  }

  @Override
  public void write(LogLevel level, String latin1) {
    byte[] line = latin1.getBytes(StandardCharsets.ISO_8859_1);
    int room = bytes.length - start;
    int from = (int) (written.getAndAdd(line.length) % room);
    int count = Math.min(line.length, room);
    int first = Math.min(count, room - from);
    System.arraycopy(line, 0, bytes, start + from, first);
    System.arraycopy(line, first, bytes, start, count - first);
  }

  /** The buffer as it is now. */
  public String content() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
