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
  private byte[] first = NOTHING;
  private @Nullable ByteArrayOutputStream memory;
  private @Nullable Spool spool;
  private long length;
  private boolean isComplete;

  /** A body of which nothing has come yet. */
  GatheredBody(KernelExchange exchange, BodyLimits limits) {
    this.exchange = exchange;
    this.limits = limits;
  }

  /**
   * Adds what has come, which nobody changes any more.
   *
   * @throws IOException if the file cannot be written
   */
  void add(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return;
    }
    boolean isFirst = length == 0;
    length += bytes.length;
    if (spool == null && (limits.isFileOnly() || length > limits.memoryBytes())) {
      spool = Spool.open(limits, exchange);
      exchange.onEnd(this::abandon);
      spool.write(bytes());
      first = NOTHING;
      memory = null;
    }
    if (spool != null) {
      spool.write(bytes);
    } else if (isFirst) {
      first = bytes; // most bodies come in one piece
    } else {
      append(bytes);
    }
  }

  private void append(byte[] bytes) {
    if (memory == null) {
      memory = new ByteArrayOutputStream(first.length + bytes.length);
      memory.writeBytes(first);
    }
    memory.writeBytes(bytes);
  }

  long length() {
    return length;
  }

  /** What is in memory. */
  byte[] bytes() {
    return memory == null ? first : memory.toByteArray();
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
