package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import moonphase.spi.BodyFlow;
import moonphase.spi.BodyReceiver;
import moonphase.spi.Chunk;
import moonphase.spi.Headers;
import moonphase.spi.HttpLimits;
import moonphase.spi.HttpStream;
import moonphase.spi.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections end: by the client, by the server, by the clock. */
@Timeout(30)
class EndingsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  /** The client that still sends when it is refused must not lose the answer to a reset. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusedUpload_answerArrives(boolean isEpoll) throws IOException {
    try (TestServer server =
            new TestServer(
                isEpoll, HttpLimits.DEFAULT, stream -> TestServer.reply(stream, 413, "too large"));
        TestClient client = server.client()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 8000000\r\n\r\n");
      client.send("x".repeat(4_000_000));
      assertEquals(RequestsTest.response(413, "too large", "close"), client.readAll());
      client.send("x".repeat(1000));
    }
  }

  @Test
  void garbage_answerArrives() throws IOException {
    try (TestServer server = new TestServer(TestServer::echo);
        TestClient client = server.client()) {
      client.send("\u0016\u0003\u0001" + "x".repeat(2_000_000));
      assertTrue(client.readAll().startsWith("HTTP/1.1 400"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void halfClosedClient_answered(boolean isEpoll) throws Exception {
    BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();
    CompletableFuture<Boolean> aborted = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(
                isEpoll,
                HttpLimits.DEFAULT,
                stream -> {
                  stream
                      .connection()
                      .onAbort(() -> aborted.complete(stream.connection().isClosed()));
                  streams.add(stream);
                });
        TestClient client = server.client()) {
      client.send(GET);
      HttpStream stream = streams.take();
      client.socket.shutdownOutput();
      assertTrue(aborted.get(10, TimeUnit.SECONDS));
      stream.connection().worker().execute(() -> TestServer.reply(stream, 200, "there"));
      assertEquals(RequestsTest.response(200, "there", "keep-alive"), client.readAll());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void resetClient_told(boolean isEpoll) throws Exception {
    BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();
    CompletableFuture<Boolean> aborted = new CompletableFuture<>();
    CompletableFuture<Boolean> flushed = new CompletableFuture<>();
    try (TestServer server =
        new TestServer(
            isEpoll,
            HttpLimits.DEFAULT,
            stream -> {
              stream.connection().onAbort(() -> aborted.complete(true));
              streams.add(stream);
            })) {
      HttpStream stream;
      try (TestClient client = server.client()) {
        client.send(GET);
        stream = streams.take();
        client.socket.setSoLinger(true, 0);
      }
      assertTrue(aborted.get(10, TimeUnit.SECONDS));
      stream
          .connection()
          .worker()
          .execute(() -> {
            stream.head(TestServer.head(stream, 200, new Headers(), true));
            stream.send(Chunk.of("x".repeat(100_000)));
            stream.whenFlushed(flushed::complete);
            stream.send(Chunk.LAST);
          });
      assertFalse(flushed.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void onAbort_runsAtOnceIfTheClientHasGone() throws Exception {
    BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();
    CompletableFuture<Void> first = new CompletableFuture<>();
    CompletableFuture<Void> second = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(stream -> {
              stream.connection().onAbort(() -> first.complete(null));
              streams.add(stream);
            });
        TestClient client = server.client()) {
      client.send(GET);
      HttpStream stream = streams.take();
      client.socket.shutdownOutput();
      first.get(10, TimeUnit.SECONDS);
      stream
          .connection()
          .worker()
          .execute(() -> stream.connection().onAbort(() -> second.complete(null)));
      second.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void onAbort_forgottenWhenTheResponseHasEnded() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer(stream -> {
              stream.connection().onAbort(() -> events.add("abort"));
              TestServer.reply(stream, 200, "done");
            });
        TestClient client = server.client()) {
      client.send(GET).readUntil("done");
      client.socket.shutdownOutput();
      assertEquals("", client.readAll());
      assertEquals(0, events.size());
      assertEquals(
          "[info] client 127.0.0.1 closed keepalive connection | ",
          server.notes.poll(10, TimeUnit.SECONDS));
    }
  }

  /** Receives a body, and puts its pieces and its end into a queue. */
  private static BodyFlow collect(
      HttpStream stream, long timeoutMillis, BlockingQueue<String> events) {
    return stream.receive(
        new BodyReceiver() {
          @Override
          public void receive(Chunk chunk) {
            events.add(TestServer.latin1(chunk) + (chunk.isLast() ? "$" : ""));
          }

          @Override
          public void fail(int status) {
            events.add("failed " + status);
          }
        },
        timeoutMillis);
  }

  @Test
  void cutBody_failsWith499() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (TestServer server = new TestServer(stream -> collect(stream, 5000, events));
        TestClient client = server.client()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
      assertEquals("abc", events.poll(10, TimeUnit.SECONDS));
      client.socket.shutdownOutput();
      assertEquals("failed 499", events.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void slowBody_failsWith408() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (TestServer server = new TestServer(stream -> collect(stream, 50, events));
        TestClient client = server.client()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
      assertEquals("abc", events.poll(10, TimeUnit.SECONDS));
      assertEquals("failed 408", events.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void emptyBody_receivedAsLastPiece() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    try (TestServer server = new TestServer(stream -> collect(stream, 5000, events));
        TestClient client = server.client()) {
      client.send(GET);
      assertEquals("$", events.poll(10, TimeUnit.SECONDS));
    }
  }

  private static TestServer impatient(java.util.function.Consumer<HttpStream> answer)
      throws IOException {
    return new TestServer(true, new HttpLimits(1024, 4, 8192, 60, true, false), answer);
  }

  @Test
  void silentClient_closedWithoutAByte() throws Exception {
    try (TestServer server = impatient(TestServer::echo);
        TestClient client = server.client()) {
      assertEquals("", client.readAll());
      assertEquals(
          "[info] client timed out (110: Connection timed out) while waiting for request | ",
          server.notes.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void slowHead_handedOverAs408AndClosedWithoutAByte() throws Exception {
    BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    try (TestServer server =
            impatient(stream -> {
              heads.add(
                  stream.head().status()
                      + " "
                      + stream.head().line()
                      + " "
                      + stream.head().complaint());
              TestServer.reply(stream, 408, "nobody sees this");
            });
        TestClient client = server.client()) {
      assertEquals("", client.send("GET / HTTP/1.1\r\nHost:").readAll());
      assertEquals(
          "408 GET / HTTP/1.1 client timed out (110: Connection timed out) while reading client"
              + " request headers",
          heads.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void cutHead_handedOverAs400AndClosedWithoutAByte() throws Exception {
    BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer(stream -> {
              heads.add(stream.head().status() + " " + stream.head().complaint());
              TestServer.reply(stream, 400, "nobody sees this");
            });
        TestClient client = server.client()) {
      client.send("GET / HT").socket.shutdownOutput();
      assertEquals("", client.readAll());
      assertEquals(
          "400 client prematurely closed connection while reading client request line",
          heads.poll(10, TimeUnit.SECONDS));
    }
  }

  private static ResponseHead timed(long keepAlive, long send, long lingering) {
    Headers headers = new Headers();
    headers.add("Content-Length", "4");
    return new ResponseHead(
        200,
        "200 OK",
        headers,
        true,
        keepAlive > 0,
        true,
        "s",
        TestServer.settings(keepAlive, 0, send, lingering));
  }

  @Test
  void idleConnection_closedInTime() throws Exception {
    try (TestServer server =
            new TestServer(stream -> {
              stream.head(timed(50, 1000, 1000));
              stream.send(Chunk.of("done").with(false, true));
            });
        TestClient client = server.client()) {
      assertTrue(client.send(GET).readAll().endsWith("done"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100})
  void lingering_endsInTime(long keepAlive) throws Exception {
    try (TestServer server =
            new TestServer(stream -> {
              stream.head(timed(keepAlive, 1000, 50));
              stream.send(Chunk.of("done").with(false, true));
            });
        TestClient client = server.client()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc");
      assertTrue(client.readAll().endsWith("done"));
    }
  }

  @Test
  void clientThatTakesNothing_givenUp() throws Exception {
    CompletableFuture<Boolean> flushed = new CompletableFuture<>();
    try (TestServer server =
            new TestServer(stream -> {
              stream.head(
                  new ResponseHead(
                      200,
                      "200 OK",
                      new Headers(),
                      true,
                      true,
                      true,
                      "s",
                      TestServer.settings(1000, 0, 100, 100)));
              stream.send(Chunk.of(new byte[32 << 20]));
              stream.whenFlushed(flushed::complete);
            });
        TestClient client = server.client()) {
      client.send(GET);
      assertFalse(flushed.get(10, TimeUnit.SECONDS));
      assertEquals(
          "[info] client timed out (110: Connection timed out) while sending response to client"
              + " | ",
          server.notes.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void pausedBody_waits() throws Exception {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    CompletableFuture<BodyFlow> flow = new CompletableFuture<>();
    BlockingQueue<HttpStream> streams = new LinkedBlockingQueue<>();
    try (TestServer server =
            new TestServer(stream -> {
              BodyFlow begun = collect(stream, 60, events);
              begun.pause();
              streams.add(stream);
              flow.complete(begun);
            });
        TestClient client = server.client()) {
      client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc");
      HttpStream stream = streams.take();
      CompletableFuture<Void> later = new CompletableFuture<>();
      stream
          .connection()
          .worker()
          .execute(() -> stream.connection().worker().schedule(150, () -> later.complete(null)));
      client.send("def");
      later.get(10, TimeUnit.SECONDS);
      assertEquals(0, events.size());
      stream.connection().worker().execute(() -> flow.join().resume());
      String all = events.take();
      while (!all.endsWith("$")) {
        all += events.take();
      }
      assertEquals("abcdef$", all);
    }
  }
}
