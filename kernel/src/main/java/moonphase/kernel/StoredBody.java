package moonphase.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import moonphase.spi.BodyFlow;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.HttpStream;
import moonphase.spi.LogLevel;
import moonphase.spi.Quantity;
import moonphase.spi.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A request body: kept in memory, or in a file once it outgrows its buffer.
 *
 * <p>Worker thread only. Source: ngx_http_request_body.c.
 */
final class StoredBody implements RequestBody {
  private static final byte[] NOTHING = new byte[0];
  private static final BodyFlow STILL =
      new BodyFlow() {
        @Override
        public void pause() {
          // nothing arrives
        }

        @Override
        public void resume() {
          // nothing arrives
        }
      };

  private final KernelExchange exchange;
  private final @Nullable HttpStream stream;
  private State state = State.UNREAD;
  private byte[] memory = NOTHING;
  private @Nullable Path file;
  private boolean isFileOurs;
  private boolean cleansUp;
  private long length;
  private @Nullable Reading reading;

  private enum State {
    UNREAD,
    READING,
    READ,
    /** Given to a receiver, or thrown away. */
    GONE
  }

  /**
   * An unread body.
   *
   * @param exchange whose body it is
   * @param stream where it comes from; null: there is none
   */
  StoredBody(KernelExchange exchange, @Nullable HttpStream stream) {
    this.exchange = exchange;
    this.stream = stream;
  }

  @Override
  public void read(IntConsumer done) {
    switch (state) {
      case READ, GONE -> done.accept(0);
      case READING -> {
        if (reading != null) {
          reading.listeners.add(done);
        }
      }
      case UNREAD -> start(done);
    }
  }

  private void start(IntConsumer done) {
    if (stream == null || !stream.hasBody()) {
      state = State.READ;
      done.accept(0);
      return;
    }
    state = State.READING;
    Reading begun = new Reading(exchange.location().bodyLimits(), announced(stream));
    begun.listeners.add(done);
    reading = begun;
    stream.receive(begun, begun.limits.timeoutMillis());
  }

  /** How much of the body is wanted: a script may have announced less than the client sends. */
  private long announced(HttpStream from) {
    String length = exchange.request().headers().get("Content-Length");
    if (from.bodyLength() < 0 || length == null) {
      return Long.MAX_VALUE;
    }
    long number = Quantity.number(length);
    return number == Quantity.NONE ? Long.MAX_VALUE : number;
  }

  @Override
  public void discard() {
    if (state != State.UNREAD) {
      return;
    }
    state = State.GONE;
    if (stream != null && stream.hasBody()) {
      stream.receive(new Discarding(), exchange.location().bodyLimits().timeoutMillis());
    }
  }

  /** Whether nobody has asked for it yet, so that another exchange may. */
  boolean isUntouched() {
    return state == State.UNREAD;
  }

  @Override
  public boolean isRead() {
    return state == State.READ;
  }

  @Override
  public byte @Nullable [] bytes() {
    return state == State.READ && file == null && length > 0 ? memory : null;
  }

  @Override
  public @Nullable Path file() {
    return state == State.READ ? file : null;
  }

  @Override
  public long length() {
    return state == State.READ ? length : 0;
  }

  @Override
  public void set(byte[] bytes) {
    set(bytes, bytes.length, null, false);
  }

  private void set(GatheredBody gathered, @Nullable Path written, boolean delete) {
    set(gathered.bytes(), gathered.length(), written, written != null && delete);
  }

  private void set(byte[] bytes, long count, @Nullable Path given, boolean delete) {
    state = State.READ;
    memory = bytes;
    length = count;
    if (!Objects.equals(file, given)) {
      deleteOurs();
    }
    file = given;
    isFileOurs = delete;
    if (delete && !cleansUp) {
      cleansUp = true;
      exchange.onEnd(this::deleteOurs);
    }
  }

  private void deleteOurs() {
    if (file != null && isFileOurs) {
      TemporaryFiles.delete(file, exchange.log());
      isFileOurs = false;
    }
  }

  @Override
  public void set(Path given, boolean delete) {
    long count;
    try {
      count = Files.size(given);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    set(NOTHING, count, given, delete);
  }

  @Override
  public Writer write(long memoryBytes) {
    BodyLimits limits = exchange.location().bodyLimits().forScripts(memoryBytes);
    GatheredBody gathered = new GatheredBody(exchange, limits);
    return new Writer() {
      @Override
      public void append(byte[] bytes) throws IOException {
        gathered.add(bytes);
      }

      @Override
      public long finish() throws IOException {
        Path written = gathered.close();
        set(gathered, written, true);
        return gathered.length();
      }
    };
  }

  @Override
  public BodyFlow receive(BodyReceiver receiver) {
    if (state == State.READ || state == State.READING) {
      throw new IllegalStateException("the request body was read");
    }
    boolean gone = state == State.GONE;
    state = State.GONE;
    if (gone || stream == null || !stream.hasBody()) {
      receiver.receive(Chunk.LAST);
      return STILL;
    }
    BodyLimits limits = exchange.location().bodyLimits();
    return stream.receive(new Limited(receiver, limits.maxBytes()), limits.timeoutMillis());
  }

  /** Says, and logs, whether a chunk is within {@code client_max_body_size}. */
  private boolean admits(long maxBytes, long received, long next) {
    if (maxBytes == 0 || next <= maxBytes - received) {
      return true;
    }
    exchange.log().log(
        LogLevel.ERROR,
        "client intended to send too large chunked body: " + received + "+" + next + " bytes");
    return false;
  }

  /** Throws pieces away. */
  private static final class Discarding implements BodyReceiver {
    @Override
    public void receive(Chunk chunk) {
      chunk.release();
    }

    @Override
    public void fail(int status) {
      // nobody waits for it
    }
  }

  /** Passes pieces on up to the limit. */
  private final class Limited implements BodyReceiver {
    private final BodyReceiver receiver;
    private final long maxBytes;
    private boolean failed;

    Limited(BodyReceiver receiver, long maxBytes) {
      this.receiver = receiver;
      this.maxBytes = maxBytes;
    }

    @Override
    public void receive(Chunk chunk) {
      if (failed) {
        chunk.release();
        return;
      }
      receiver.receive(chunk);
    }

    @Override
    public boolean admits(long received, long next) {
      return StoredBody.this.admits(maxBytes, received, next);
    }

    @Override
    public void fail(int status) {
      if (!failed) {
        failed = true;
        receiver.fail(status);
      }
    }
  }

  /** Gathers the whole body. */
  private final class Reading implements BodyReceiver {
    private final BodyLimits limits;
    private final List<IntConsumer> listeners = new ArrayList<>(1);
    private final long most;
    private final GatheredBody gathered;
    private boolean over;

    Reading(BodyLimits limits, long most) {
      this.limits = limits;
      this.most = most;
      this.gathered = new GatheredBody(exchange, limits);
    }

    @Override
    public void receive(Chunk chunk) {
      if (over) {
        chunk.release();
        return;
      }
      try {
        take(chunk);
      } catch (IOException e) {
        exchange.log().log(
            LogLevel.CRIT, "a temporary file in \"" + limits.folder() + "\" failed", e);
        fail(500);
      }
    }

    @Override
    public boolean admits(long before, long next) {
      return StoredBody.this.admits(limits.maxBytes(), before, next);
    }

    private void take(Chunk chunk) throws IOException {
      boolean last = chunk.isLast();
      byte[] bytes;
      try {
        bytes = chunk.toBytes();
      } finally {
        chunk.release();
      }
      if (bytes.length > most - gathered.length()) {
        bytes = Arrays.copyOf(bytes, (int) (most - gathered.length()));
      }
      gathered.add(bytes);
      if (last) {
        Path written = gathered.close();
        over = true;
        set(gathered, written, !limits.isFileKept());
        tell(0);
      }
    }

    @Override
    public void fail(int status) {
      if (!over) {
        over = true;
        state = State.GONE;
        gathered.abandon();
        tell(status);
      }
    }

    private void tell(int status) {
      reading = null;
      for (IntConsumer listener : listeners) {
        listener.accept(status);
      }
    }
  }
}
