package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.BodyFlow;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.Headers;
import moonphase.spi.HttpLimits;
import moonphase.spi.HttpStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither side of a connection is flooded by the other. */
@Timeout(60)
class BackPressureTest {
  private static final long TOTAL = 200L << 20;
  private static final byte[] PIECE = new byte[100_000];

  /** Sends as long as the stream is writable; counts what was handed over. */
  private static void pump(HttpStream stream, AtomicLong sent, CompletableFuture<Long> stalled) {
    while (stream.isWritable()) {
      if (sent.addAndGet(PIECE.length) > TOTAL) {
        stream.send(Chunk.LAST);
        return;
      }
      stream.send(new Chunk.Bytes(PIECE, 0, (int) (sent.get() % 90_000) + 1, false, false));
    }
    stalled.complete(sent.get());
    stream.whenFlushed(flushed -> {
      if (flushed) {
        pump(stream, sent, stalled);
      }
    });
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void slowReader_holdsTheWriterBack(boolean isEpoll) throws Exception {
    AtomicLong sent = new AtomicLong();
    CompletableFuture<Long> stalled = new CompletableFuture<>();
    long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    try (TestServer server =
            new TestServer(
                isEpoll,
                HttpLimits.DEFAULT,
                stream -> {
                  stream.head(TestServer.head(200, new Headers(), true, false));
                  pump(stream, sent, stalled);
                });
        TestClient client = server.client()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      // what the system's buffers take, and not much more
      assertTrue(stalled.get(10, TimeUnit.SECONDS) < 20L << 20, "sent " + stalled.get());
      long used = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before;
      assertTrue(used < 32L << 20, "direct memory " + used);
      String end = "";
      byte[] read = client.read(1 << 20);
      while (read.length == 1 << 20) {
        end = new String(read, read.length - 5, 5, java.nio.charset.StandardCharsets.US_ASCII);
        read = client.read(1 << 20);
      }
      if (read.length >= 5) {
        end = new String(read, read.length - 5, 5, java.nio.charset.StandardCharsets.US_ASCII);
        assertEquals("0\r\n\r\n", end);
      }
      assertTrue(sent.get() > TOTAL);
    }
  }

  /** Pauses at each piece, and goes on in a later turn. */
  private static final class Sipping implements BodyReceiver {
    private final HttpStream stream;
    private final BodyFlow flow;
    private final AtomicLong received;
    private boolean paused;

    Sipping(HttpStream stream, AtomicLong received) {
      this.stream = stream;
      this.received = received;
      this.flow = stream.receive(this, 5000);
    }

    @Override
    public void receive(Chunk chunk) {
      assertTrue(!paused, "a piece while paused");
      received.addAndGet(chunk.length());
      if (chunk.isLast()) {
        TestServer.reply(stream, 200, "" + received.get());
        return;
      }
      flow.pause();
      paused = true;
      stream
          .connection()
          .worker()
          .execute(() -> {
            paused = false;
            flow.resume();
          });
    }

    @Override
    public void fail(int status) {
      stream.abort();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void upload_receivedBetweenPauses(boolean isEpoll) throws IOException {
    AtomicLong received = new AtomicLong();
    try (TestServer server =
            new TestServer(isEpoll, HttpLimits.DEFAULT, stream -> new Sipping(stream, received));
        TestClient client = server.client()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
      client.send("x".repeat(20_000_000));
      client.readUntil("\r\n\r\n20000000");
    }
  }
}
