package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import moonphase.spi.Chunk;
import moonphase.spi.Headers;
import moonphase.spi.HttpLimits;
import moonphase.spi.HttpStream;
import moonphase.spi.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, byte for byte. */
class ResponsesTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String CLOSE = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  private static String answer(String request, Consumer<HttpStream> handler) throws IOException {
    try (TestServer server = new TestServer(handler)) {
      return server.exchange(request);
    }
  }

  private static ResponseHead head(HttpStream stream, String... fields) {
    Headers headers = new Headers();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return TestServer.head(stream, 200, headers, true);
  }

  @Test
  void fields_sentInOrder() throws IOException {
    String answer =
        answer(
            CLOSE,
            stream -> {
              stream.head(
                  head(
                      stream,
                      "X-A",
                      "1",
                      "Last-Modified",
                      "now",
                      "Content-Length",
                      "0",
                      "Server",
                      "me",
                      "content-type",
                      "text/plain",
                      "X-B",
                      "2"));
              stream.send(Chunk.LAST);
            });
    assertEquals(
        "HTTP/1.1 200 T\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nLast-Modified: now\r\n"
            + "Connection: close\r\nX-A: 1\r\nServer: me\r\nX-B: 2\r\n\r\n",
        answer);
  }

  @Test
  void date_sentUnlessGiven() throws IOException {
    try (TestServer server =
            new TestServer(stream -> {
              stream.head(head(stream, "Content-Length", "0", "Date", "today"));
              stream.send(Chunk.LAST);
            });
        TestServer plain = new TestServer(stream -> TestServer.reply(stream, 200, ""))) {
      assertTrue(server.exchange(CLOSE).contains("close\r\nDate: today\r\n"));
      try (TestClient client = plain.client()) {
        client.send(CLOSE);
        String raw =
            new String(client.read(1000), StandardCharsets.ISO_8859_1).lines().toList().get(2);
        assertTrue(raw.matches("Date: \\w{3}, \\d\\d \\w{3} 20\\d\\d [\\d:]{8} GMT"), raw);
      }
    }
  }

  @Test
  void trailers_followTheLastChunk() throws IOException {
    try (TestServer server =
        new TestServer(stream -> {
          stream.head(head(stream));
          Headers trailers = new Headers();
          trailers.add("X-A", "1");
          trailers.add("X-B", "2");
          stream.trailers(trailers);
          stream.send(Chunk.of("abc").with(false, true));
        })) {
      String answer = server.exchange(CLOSE);
      assertTrue(answer.endsWith("\r\n\r\n3\r\nabc\r\n0\r\nX-A: 1\r\nX-B: 2\r\n\r\n"), answer);
    }
  }

  @Test
  void keepAliveTimeout_sent() throws IOException {
    try (TestServer server =
            new TestServer(stream -> {
              Headers headers = new Headers();
              headers.add("Content-Length", "0");
              stream.head(
                  new ResponseHead(
                      200,
                      "200 OK",
                      headers,
                      true,
                      true,
                      true,
                      "s",
                      TestServer.settings(1000, 7, 1000, 1000)));
              stream.send(Chunk.LAST);
            });
        TestClient client = server.client()) {
      assertEquals(
          "HTTP/1.1 200 OK\r\nServer: s\r\nContent-Length: 0\r\nConnection: keep-alive\r\n"
              + "Keep-Alive: timeout=7\r\n\r\n",
          client.send(GET).readUntil("\r\n\r\n"));
    }
  }

  @Test
  void lineEndInAValue_sentAsSpace() throws IOException {
    String answer =
        answer(
            CLOSE,
            stream -> {
              stream.head(head(stream, "Content-Length", "0", "A", "b\r\nC: d\n\u010ae"));
              stream.send(Chunk.LAST);
            });
    assertTrue(answer.contains("\r\nA: b  C: d  e\r\n\r\n"), answer);
  }

  @Test
  void unknownLength_sentInChunks() throws IOException {
    try (TestServer server =
            new TestServer(stream -> {
              stream.head(head(stream, "Transfer-Encoding", "gzip"));
              stream.send(Chunk.of("hello"));
              stream.send(Chunk.EMPTY);
              stream.send(Chunk.of("0123456789abcdefg").with(true, false));
              stream.send(Chunk.of("x").with(false, true));
            });
        TestClient client = server.client()) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            "HTTP/1.1 200 T\r\nServer: nginx\r\nTransfer-Encoding: chunked\r\n"
                + "Connection: keep-alive\r\n\r\n"
                + "5\r\nhello\r\n11\r\n0123456789abcdefg\r\n1\r\nx\r\n0\r\n\r\n",
            client.send(GET).readUntil("0\r\n\r\n"));
      }
    }
  }

  @Test
  void unknownLengthForOldClient_sentUntilClosed() throws IOException {
    assertEquals(
        "HTTP/1.1 200 T\r\nServer: nginx\r\nConnection: close\r\n\r\nhello",
        answer(
            "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            stream -> {
              stream.head(head(stream));
              stream.send(Chunk.of("hello"));
              stream.send(Chunk.LAST);
            }));
  }

  @ParameterizedTest
  @CsvSource({"204, false", "304, false"})
  void bodylessStatus_sentWithoutFrame(int status, boolean hasBody) throws IOException {
    try (TestServer server =
            new TestServer(stream -> {
              stream.head(TestServer.head(stream, status, new Headers(), hasBody));
              stream.send(Chunk.of("nobody sees this").with(false, true));
            });
        TestClient client = server.client()) {
      for (int i = 0; i < 2; i++) {
        assertEquals(
            "HTTP/1.1 " + status + " T\r\nServer: nginx\r\nConnection: keep-alive\r\n\r\n",
            client.send(GET).readUntil("\r\n\r\n"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "abcdefgh"})
  void wrongLength_endsTheConnection(String body) throws IOException {
    String answer =
        answer(
            GET + GET,
            stream -> {
              stream.head(head(stream, "Content-Length", "5"));
              stream.send(Chunk.of(body).with(false, true));
            });
    assertTrue(answer.endsWith("\r\n\r\n" + body), answer);
    assertEquals(0, answer.lastIndexOf("HTTP/1.1"), answer);
  }

  @Test
  void abort_closesWithoutAByte() throws IOException {
    assertEquals("", answer(GET, HttpStream::abort));
  }

  @Test
  void throwingHandler_closes() throws IOException {
    assertEquals(
        "",
        answer(
            GET,
            stream -> {
              throw new IllegalStateException("a test wants this");
            }));
  }

  @Test
  void misuse_thrown() throws Exception {
    CompletableFuture<Void> seen = new CompletableFuture<>();
    answer(
        CLOSE,
        stream -> {
          assertThrows(IllegalStateException.class, () -> stream.send(Chunk.LAST));
          TestServer.reply(stream, 200, "");
          assertThrows(IllegalStateException.class, () -> TestServer.reply(stream, 200, ""));
          stream.send(Chunk.LAST);
          seen.complete(null);
        });
    seen.get(10, TimeUnit.SECONDS);
  }

  @Test
  void bytes_counted() throws Exception {
    CompletableFuture<Long> sent = new CompletableFuture<>();
    CompletableFuture<Long> received = new CompletableFuture<>();
    String request = CLOSE.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n");
    try (TestServer server =
            new TestServer(stream ->
                TestServer.receive(
                    stream,
                    piece -> {},
                    status -> {
                      stream.head(head(stream));
                      stream.send(Chunk.of("hello").with(false, true));
                      sent.complete(stream.bytesSent());
                      received.complete(stream.bytesReceived());
                    }));
        TestClient client = server.client()) {
      client.send(request + "2\r\nab\r\n0\r\n\r\n");
      assertEquals(client.read(1000).length, sent.get(10, TimeUnit.SECONDS));
      assertEquals(request.length() + 12, received.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void smallPieces_gatheredUntilFlushed() throws IOException {
    CountDownLatch go = new CountDownLatch(1);
    try (TestServer server =
            new TestServer(stream -> {
              stream.head(head(stream));
              stream.send(Chunk.of("a").with(true, false));
              stream
                  .connection()
                  .worker()
                  .execute(() -> {
                    stream.send(Chunk.of("b"));
                    stream.send(Chunk.of("c"));
                    stream.send(Chunk.FLUSH);
                    stream.whenFlushed(flushed -> go.countDown());
                  });
            });
        TestClient client = server.client()) {
      client.send(GET).readUntil("1\r\na\r\n");
      assertEquals("1\r\nb\r\n1\r\nc\r\n", client.readUntil("c\r\n"));
    }
  }

  /** Pieces of every kind and of lengths on both sides of each limit, framed and not. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void pieces_arriveWhole(boolean isEpoll, boolean isChunked, @TempDir Path folder)
      throws Exception {
    byte[] data = new byte[300_000];
    new Random(1).nextBytes(data);
    Path file = Files.write(folder.resolve("data"), data);
    int[] lengths = {1, 1023, 1024, 1025, 16384, 16385, 65536, 65537, 200_000};
    CountDownLatch released = new CountDownLatch(lengths.length * 2);
    int total = java.util.stream.IntStream.of(lengths).sum() * 3;
    Consumer<HttpStream> handler =
        stream -> {
          stream.head(
              isChunked ? head(stream) : head(stream, "Content-Length", Integer.toString(total)));
          for (int length : lengths) {
            stream.send(new Chunk.Bytes(data, 5, length, false, false));
            ByteBuffer direct = ByteBuffer.allocateDirect(length).put(data, 5, length).flip();
            stream.send(new Chunk.Direct(direct, released::countDown, false, false));
            stream.send(slice(file, 5, length, released));
          }
          stream.send(Chunk.LAST);
        };
    try (TestServer server = new TestServer(isEpoll, HttpLimits.DEFAULT, handler);
        TestClient client = server.client()) {
      client.send(CLOSE).readUntil("\r\n\r\n");
      for (int length : lengths) {
        for (int kind = 0; kind < 3; kind++) {
          if (isChunked) {
            assertEquals(
                Integer.toHexString(length) + "\r\n", client.readUntil("\r\n"), "kind " + kind);
          }
          byte[] expected = java.util.Arrays.copyOfRange(data, 5, 5 + length);
          assertArrayEquals(expected, client.read(length));
          if (isChunked) {
            client.readUntil("\r\n");
          }
        }
      }
      assertEquals(isChunked ? "0\r\n\r\n" : "", client.readAll());
      assertTrue(released.await(10, TimeUnit.SECONDS));
    }
  }

  private static Chunk slice(Path file, long position, long length, CountDownLatch released) {
    try {
      FileChannel channel = FileChannel.open(file);
      return new Chunk.FileSlice(
          channel,
          position,
          length,
          () -> {
            try {
              channel.close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            released.countDown();
          },
          false,
          false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void truncatedFile_endsTheConnection(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("data"), new byte[100]);
    CountDownLatch released = new CountDownLatch(2);
    for (int length : new int[] {200, 20_000}) {
      String answer =
          answer(
              GET,
              stream -> {
                stream.head(head(stream, "Content-Length", "200"));
                stream.send(slice(file, 0, length, released));
                stream.send(Chunk.LAST);
              });
      assertFalse(answer.length() > 400, answer);
    }
    assertTrue(released.await(10, TimeUnit.SECONDS));
  }
}
