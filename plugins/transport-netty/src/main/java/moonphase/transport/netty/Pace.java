package moonphase.transport.netty;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import moonphase.spi.Chunk;
import moonphase.spi.FlushListener;
import moonphase.spi.Worker;

/**
 * Hands a response on in such pieces, and at such times, that the client gets no more than so many
 * bytes a second; what is to be sent waits here meanwhile. Worker thread only.
 *
 * <p>Source: ngx_http_write_filter.
 */
final class Pace {
  private final Http1Stream stream;
  private final Worker worker;
  private final long startSecond;

  /** Chunks, and those who wait until what is before them has left. */
  private final ArrayDeque<Object> waiting = new ArrayDeque<>();

  private long rate;
  private long after;

  /** Whether a timer or the client is waited for, or {@link #run} is under way. */
  private boolean resting;

  private boolean dropped;

  Pace(Http1Stream stream, Worker worker) {
    this.stream = stream;
    this.worker = worker;
    this.startSecond = worker.currentMillis() / 1000;
  }

  /** Sets bytes a second, 0 for no limit, and how many of the response are not limited. */
  void limit(long bytesPerSecond, long unlimited) {
    rate = bytesPerSecond;
    after = unlimited;
  }

  /** Whether nothing waits. */
  boolean isIdle() {
    return waiting.isEmpty();
  }

  /** Takes a piece, which is this one's from now on. */
  void add(Chunk chunk) {
    if (dropped) {
      chunk.release();
      return;
    }
    waiting.add(chunk);
    run();
  }

  /** Tells somebody when what is before has left. */
  void add(FlushListener listener) {
    waiting.add(listener);
    run();
  }

  /** Lets go of everything: nothing more will leave. */
  void drop() {
    dropped = true;
    while (!waiting.isEmpty()) {
      switch (waiting.poll()) {
        case Chunk chunk -> chunk.release();
        case FlushListener listener -> listener.flushed(false);
        default -> throw new IllegalStateException("neither a chunk nor a listener");
      }
    }
  }

  private void run() {
    if (resting) {
      return;
    }
    resting = true;
    while (waiting.peek() instanceof Object next) {
      if (next instanceof FlushListener listener) {
        waiting.poll();
        stream.whenOutputFlushed(listener);
      } else if (next instanceof Chunk chunk && !send(chunk)) {
        return;
      }
    }
    resting = false;
  }

  /** Sends as much of the first chunk as may be sent; false if there is a rest until later. */
  private boolean send(Chunk chunk) {
    long limit = rate == 0 ? Long.MAX_VALUE : allowance();
    if (chunk.length() > 0 && limit <= 0) {
      rest(-limit * 1000 / rate + 1);
      return false;
    }
    waiting.poll();
    long before = stream.bytesSent();
    if (chunk.length() <= limit) {
      stream.sendNow(chunk);
    } else {
      waiting.addFirst(part(chunk, limit, chunk.length() - limit, true));
      stream.sendNow(part(chunk, 0, limit, false));
    }
    long counted = Math.max(stream.bytesSent() - after, 0) - Math.max(before - after, 0);
    long pause = rate == 0 ? 0 : counted * 1000 / rate;
    if (pause == 0 || waiting.isEmpty() && chunk.isLast()) {
      return true;
    }
    stream.whenOutputFlushed(sent -> {
      if (sent) {
        rest(pause);
      } else {
        drop();
      }
    });
    return false;
  }

  private long allowance() {
    long seconds = worker.currentMillis() / 1000 - startSecond + 1;
    return rate * seconds - (stream.bytesSent() - after);
  }

  private void rest(long millis) {
    worker.schedule(
        millis,
        () -> {
          resting = false;
          stream.guarded(this::run);
        });
  }

  /**
   * A part of a chunk. Parts leave in order, so that the last one lets go of the whole.
   *
   * @param isRest whether it is the last part, which has the flags
   */
  private static Chunk part(Chunk chunk, long from, long count, boolean isRest) {
    boolean flush = !isRest || chunk.isFlush();
    boolean last = isRest && chunk.isLast();
    Runnable free = isRest ? chunk::release : () -> {};
    return switch (chunk) {
      case Chunk.Bytes bytes ->
          new Chunk.Bytes(bytes.array(), bytes.offset() + (int) from, (int) count, flush, last);
      case Chunk.Direct direct -> {
        ByteBuffer buffer = direct.buffer();
        yield new Chunk.Direct(
            buffer.slice(buffer.position() + (int) from, (int) count), free, flush, last);
      }
      case Chunk.FileSlice slice ->
          new Chunk.FileSlice(slice.channel(), slice.position() + from, count, free, flush, last);
    };
  }
}
