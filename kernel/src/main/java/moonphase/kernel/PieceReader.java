package moonphase.kernel;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import moonphase.spi.Chunk;
import moonphase.spi.LogLevel;
import moonphase.spi.Verdict;

/**
 * Reads long parts of files for filters that have to see the bytes: piece by piece, as fast as the
 * client takes them. What is sent meanwhile waits behind them. Worker thread only.
 *
 * <p>Source: ngx_http_copy_filter_module.
 */
final class PieceReader {
  /** Parts up to this length are for the filters to read. */
  private static final int PIECE = 64 * 1024;

  private static final int PIECES_IN_TURN = 8;

  private final KernelExchange exchange;
  private final ArrayDeque<Chunk> waiting = new ArrayDeque<>(4);

  /** Bytes read of the first chunk. */
  private long done;

  /** Whether the reading goes on by itself, now or later. */
  private boolean running;

  PieceReader(KernelExchange exchange) {
    this.exchange = exchange;
  }

  /** Whether a chunk cannot pass the filters now. */
  boolean holds(Chunk chunk) {
    return !waiting.isEmpty() || isLong(chunk);
  }

  /** Whether something waits. */
  boolean isBusy() {
    return !waiting.isEmpty();
  }

  private static boolean isLong(Chunk chunk) {
    return chunk instanceof Chunk.FileSlice && chunk.length() > PIECE;
  }

  /** Takes a chunk, which is the reader's from now on. */
  void add(Chunk chunk) {
    waiting.addLast(chunk);
    if (!running) {
      running = true;
      run();
    }
  }

  private void run() {
    for (int i = 0; i < PIECES_IN_TURN && isBusy(); i++) {
      if (exchange.main().ending().isOver() || !passNext()) {
        drop();
        return;
      }
    }
    if (!isBusy()) {
      running = false;
      exchange.ending().delivered();
    } else if (exchange.response().isWritable() || exchange.isApart()) {
      exchange.connection().worker().execute(this::run);
    } else {
      exchange.whenFlushed(this::goOn);
    }
  }

  private void goOn(boolean flushed) {
    if (flushed) {
      run();
    } else {
      drop();
    }
  }

  /** Has the next piece pass the filters; false if that is in vain. */
  private boolean passNext() {
    Chunk first = waiting.getFirst();
    if (!isLong(first)) {
      waiting.removeFirst();
      return pass(first);
    }
    Chunk.FileSlice slice = (Chunk.FileSlice) first;
    byte[] bytes;
    try {
      bytes = read(slice);
    } catch (IOException failure) {
      exchange.log().log(LogLevel.CRIT, "a file cannot be read for the filters", failure);
      exchange.ending().terminate(0);
      return false;
    }
    done += bytes.length;
    boolean isEnd = done == slice.length();
    if (isEnd) {
      done = 0;
      waiting.removeFirst();
      slice.release();
    }
    return pass(Chunk.of(bytes).with(isEnd && slice.isFlush(), isEnd && slice.isLast()));
  }

  private boolean pass(Chunk chunk) {
    if (exchange.response().filter(chunk) == Verdict.OK) {
      return true;
    }
    exchange.ending().terminate(0);
    return false;
  }

  private byte[] read(Chunk.FileSlice slice) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PIECE, slice.length() - done));
    while (buffer.hasRemaining()) {
      if (slice.channel().read(buffer, slice.position() + done + buffer.position()) < 0) {
        throw new EOFException("the file was truncated while it was sent");
      }
    }
    return buffer.array();
  }

  /** Releases what waits: nobody will take it. */
  void drop() {
    while (isBusy()) {
      waiting.removeFirst().release();
    }
  }
}
