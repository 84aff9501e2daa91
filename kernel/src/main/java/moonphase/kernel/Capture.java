package moonphase.kernel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import moonphase.spi.Chunk;
import moonphase.spi.LogLevel;

/** Keeps the output of a subrequest in memory, or drops it. Worker thread only. */
final class Capture implements Output.Sink {
  private static final byte[] NOTHING = new byte[0];

  private final KernelExchange exchange;
  private final boolean keeping;

  /** The only piece so far, which is not copied; empty if there is none or there are more. */
  private byte[] single = NOTHING;

  private final ByteArrayOutputStream several = new ByteArrayOutputStream(0);
  private boolean done;
  private boolean truncated;

  Capture(KernelExchange exchange, boolean keeping) {
    this.exchange = exchange;
    this.keeping = keeping;
  }

  @Override
  public void accept(Chunk chunk) {
    boolean last = chunk.isLast();
    if (keeping) {
      keep(chunk);
    } else {
      chunk.release();
    }
    if (last) {
      done = true;
      exchange.ending().delivered();
    }
  }

  private void keep(Chunk chunk) {
    byte[] bytes;
    try {
      bytes = chunk.toBytes();
    } catch (IOException e) {
      exchange.log().log(LogLevel.CRIT, "a file cannot be read for a subrequest", e);
      truncated = true;
      return;
    } finally {
      chunk.release();
    }
    if (bytes.length == 0) {
      return;
    }
    if (several.size() == 0 && single.length == 0) {
      single = bytes;
      return;
    }
    several.writeBytes(single);
    several.writeBytes(bytes);
    single = NOTHING;
  }

  /** Ends before its time. */
  void cut() {
    truncated |= !done;
    done = true;
  }

  boolean isDone() {
    return done;
  }

  boolean isTruncated() {
    return truncated;
  }

  /** What was kept; nobody changes it. */
  byte[] bytes() {
    return several.size() == 0 ? single : several.toByteArray();
  }
}
