package moonphase.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way into memory, or into a file once it outgrows its buffer. Worker thread; blocks
 * for the disk.
 */
final class GatheredBody {
  private static final byte[] NOTHING = new byte[0];

  private final KernelExchange exchange;
  private final BodyLimits limits;
  private final boolean isFileOnly;
  private final long memoryBytes;
  private @Nullable ByteArrayOutputStream memory;
  private @Nullable Spool spool;
  private long length;
  private boolean isComplete;

  /**
   * A body of which nothing has come yet.
   *
   * @param memoryBytes a longer one goes to a file
   * @param isFileOnly whether every one does
   */
  GatheredBody(KernelExchange exchange, BodyLimits limits, long memoryBytes, boolean isFileOnly) {
    this.exchange = exchange;
    this.limits = limits;
    this.memoryBytes = memoryBytes;
    this.isFileOnly = isFileOnly;
  }

  /**
   * Adds what has come.
   *
   * @throws IOException if the file cannot be written
   */
  void add(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    length += bytes.length;
    if (spool == null && (isFileOnly || length > memoryBytes)) {
      spool = Spool.open(limits, exchange);
      exchange.onEnd(this::abandon);
      if (memory != null) {
        spool.write(memory.toByteArray());
        memory = null;
      }
    }
    if (spool != null) {
      spool.write(bytes);
      return;
    }
    if (memory == null) {
      memory = new ByteArrayOutputStream(bytes.length);
    }
    memory.writeBytes(bytes);
  }

  long length() {
    return length;
  }

  /** What is in memory. */
  byte[] bytes() {
    return memory == null ? NOTHING : memory.toByteArray();
  }

  /** Ends the file and gives its path; null if there is none. Its deletion is the caller's now. */
  @Nullable Path close() throws IOException {
    Path path = spool == null ? null : spool.close();
    isComplete = true;
    return path;
  }

  /** Drops a body that will not be complete; done at the end of the request at the latest. */
  void abandon() {
    if (spool != null && !isComplete) {
      isComplete = true;
      spool.abandon();
      if (!limits.isFileKept()) {
        TemporaryFiles.delete(spool.path(), exchange.log());
      }
    }
  }
}
