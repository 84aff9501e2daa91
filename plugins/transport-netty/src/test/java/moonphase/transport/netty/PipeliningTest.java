package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import moonphase.spi.HttpLimits;
import moonphase.spi.HttpStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several requests sent at once. */
class PipeliningTest {
  private static String get(int i) {
    return "GET /" + i + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static String post(int i, String body) {
    return "POST /"
        + i
        + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** Answers in a later turn, the sooner the later the request. */
  private static void echoLater(HttpStream stream) {
    int delay = stream.head().target().endsWith("0") ? 20 : 0;
    stream.connection().worker().schedule(delay, () -> TestServer.echo(stream));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void requests_answeredInOrder(boolean isEpoll) throws IOException {
    StringBuilder requests = new StringBuilder();
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      requests.append(i % 3 == 0 ? post(i, "b" + i) : get(i));
      answers.append(
          RequestsTest.response(
              200, i % 3 == 0 ? "POST /" + i + " b" + i : "GET /" + i, "keep-alive"));
    }
    requests.append("GET /end HTTP/1.0\r\n\r\n");
    answers.append(RequestsTest.response(200, "GET /end", "close"));
    try (TestServer server =
        new TestServer(isEpoll, HttpLimits.DEFAULT, PipeliningTest::echoLater)) {
      assertEquals(answers.toString(), server.exchange(requests.toString()));
    }
    try (TestServer server = new TestServer(isEpoll, HttpLimits.DEFAULT, TestServer::echo)) {
      assertEquals(answers.toString(), server.exchange(requests.toString()));
    }
  }

  @Test
  void nextRequest_handedOverWhenTheLastHasEnded() throws IOException {
    AtomicInteger open = new AtomicInteger();
    try (TestServer server =
        new TestServer(stream -> {
          int now = open.incrementAndGet();
          stream
              .connection()
              .worker()
              .execute(() -> {
                open.decrementAndGet();
                TestServer.reply(stream, 200, "open " + now);
              });
        })) {
      String answer = server.exchange(get(1) + get(2) + "GET / HTTP/1.0\r\n\r\n");
      assertEquals(
          RequestsTest.response(200, "open 1", "keep-alive").repeat(2)
              + RequestsTest.response(200, "open 1", "close"),
          answer);
    }
  }

  @Test
  void nextRequest_notHandedOverWithinTheLastOnesSend() throws IOException {
    AtomicInteger depth = new AtomicInteger();
    try (TestServer server =
        new TestServer(stream -> {
          int now = depth.get();
          stream
              .connection()
              .worker()
              .execute(() -> {
                depth.incrementAndGet();
                TestServer.reply(stream, 200, "depth " + now);
                depth.decrementAndGet();
              });
        })) {
      assertFalse(server.exchange(get(1) + "GET / HTTP/1.0\r\n\r\n").contains("depth 1"));
    }
  }

  @Test
  void unreadBody_dropped() throws IOException {
    try (TestServer server =
        new TestServer(stream -> TestServer.reply(stream, 200, stream.head().target()))) {
      String chunked =
          "POST /2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nGET\r\n0\r\n\r\n";
      String answer =
          server.exchange(post(1, get(9)) + chunked + get(3) + "GET /4 HTTP/1.0\r\n\r\n");
      assertEquals(
          RequestsTest.response(200, "/1", "keep-alive")
              + RequestsTest.response(200, "/2", "keep-alive")
              + RequestsTest.response(200, "/3", "keep-alive")
              + RequestsTest.response(200, "/4", "close"),
          answer);
    }
  }

  @Test
  void unreadBodyThatComesLate_dropped() throws IOException {
    try (TestServer server =
            new TestServer(stream -> TestServer.reply(stream, 200, stream.head().target()));
        TestClient client = server.client()) {
      String body = "x".repeat(200_000);
      String request = post(1, body);
      client.send(request.substring(0, 100)).readUntil("\r\n\r\n/1");
      client.send(request.substring(100) + get(2));
      assertEquals(RequestsTest.response(200, "/2", "keep-alive"), client.readUntil("\r\n\r\n/2"));
    }
  }

  @Test
  void malformedUnreadBody_endsTheConnection() throws IOException {
    try (TestServer server =
        new TestServer(stream -> TestServer.reply(stream, 200, stream.head().target()))) {
      String answer =
          server.exchange(
              "POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" + get(2));
      assertTrue(answer.endsWith("/1"), answer);
    }
  }

  @Test
  void badRequestBehindAGoodOne_refused() throws IOException {
    try (TestServer server = new TestServer(TestServer::echo)) {
      assertEquals(
          RequestsTest.response(200, "GET /1", "keep-alive")
              + RequestsTest.response(
                  400,
                  "client sent invalid method while reading client pipelined request line",
                  "close"),
          server.exchange(get(1) + "get / HTTP/1.1\r\n\r\n" + get(3)));
    }
  }
}
