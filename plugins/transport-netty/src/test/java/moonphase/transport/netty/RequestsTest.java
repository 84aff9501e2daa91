package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import moonphase.spi.HttpLimits;
import moonphase.spi.RequestHead;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are accepted, as bytes, and the bytes that answer them. */
class RequestsTest {
  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new TestServer(TestServer::echo);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static String response(int status, String body, String connection) {
    return "HTTP/1.1 "
        + status
        + " T\r\nServer: nginx\r\nContent-Length: "
        + body.length()
        + "\r\nConnection: "
        + connection
        + "\r\n\r\n"
        + body;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /a?b=c HTTP/1.0\\r\\n\\r\\n                     | GET /a?b=c
          GET / HTTP/1.0\\n\\n                                | GET /
          \\r\\n\\n\\r\\nGET / HTTP/1.0\\r\\n\\r\\n           | GET /
          GET    /   HTTP/1.0   \\r\\n\\r\\n                  | GET /
          A_B-C / HTTP/1.0\\r\\n\\r\\n                        | A_B-C /
          GET /%00%zz/../\\377 HTTP/1.0\\r\\n\\r\\n           | GET /%00%zz/../\\377
          GET http://h/y HTTP/1.0\\r\\n\\r\\n                 | GET /y
          GET http://h HTTP/1.0\\r\\n\\r\\n                   | GET /
          GET http://h:80?q HTTP/1.0\\r\\n\\r\\n              | GET /?q
          GET http://[::1]:80/y HTTP/1.0\\r\\n\\r\\n          | GET /y
          GET / HTTP/1.0\\r\\nA\\r\\nB:\\r\\nC: d\\n\\r\\n    | GET /
          GET / HTTP/1.0\\r\\nA: b\\r\\r\\n\\r\\n             | GET /
          POST / HTTP/1.0\\r\\nContent-Length: 3\\r\\n\\r\\nabc       | POST / abc
          POST / HTTP/1.0\\r\\nContent-Length: 3\\r\\n\\r\\nabcdef    | POST / abc
          POST / HTTP/1.0\\r\\nContent-Length: 0\\r\\n\\r\\n          | POST /
          """)
  void request_answered(String request, String body) throws IOException {
    assertEquals(
        response(200, body.translateEscapes(), "close"),
        server.exchange(request.translateEscapes()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3\r\nabc\r\n0\r\n\r\n",
        "3\nabc\n0\n\n",
        "1;x=\"y\"\r\na\r\n02 \r\nbc\r\n000\r\n\r\n",
        "1\t\r\na\r\n2\r\nbc\r\n0;x\r\nTrailer: y\r\nAnother: z\r\n\r\n",
      })
  void chunkedBody_decoded(String body) throws IOException {
    String head = "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: Chunked";
    assertEquals(response(200, "POST / abc", "close"), server.exchange(head + "\r\n\r\n" + body));
  }

  @Test
  void simpleRequest_answeredWithoutHead() throws IOException {
    assertEquals("GET /old", server.exchange("GET /old\r\n"));
    assertEquals("GET /old", server.exchange("GET /old  \n"));
  }

  @Test
  void headRequest_answeredWithoutBody() throws IOException {
    assertEquals(
        response(200, "", "close").replace("h: 0", "h: 6"),
        server.exchange("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
  }

  @Test
  void head_handedOverAsSent() throws Exception {
    CompletableFuture<RequestHead> seen = new CompletableFuture<>();
    try (TestServer own =
        new TestServer(stream -> {
          seen.complete(stream.head());
          TestServer.echo(stream);
        })) {
      String request =
          "GET http://Ho.st:81/p?q HTTP/1.1  \r\nhOST:  v \r\nA-b:\tx  y\t \r\nC_d: e\r\n\r\n";
      own.client().send(request);
      RequestHead head = seen.get(10, TimeUnit.SECONDS);
      assertEquals("GET http://Ho.st:81/p?q HTTP/1.1  ", head.line());
      assertEquals(request, head.raw());
      assertEquals(request.length(), head.length());
      assertEquals("Ho.st", head.host());
      assertEquals("HTTP/1.1", head.protocol());
      assertEquals("hOST: v\nA-b: \tx  y\t\n", head.headers().toString());
      assertEquals(
          "[info] client sent invalid header line: \"C_d: e\" while reading client request"
              + " headers | GET http://Ho.st:81/p?q HTTP/1.1  ",
          own.notes.poll(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void oddNames_keptWhenAllowed() throws Exception {
    HttpLimits limits = new HttpLimits(1024, 4, 8192, 60_000, false, true);
    CompletableFuture<RequestHead> seen = new CompletableFuture<>();
    try (TestServer own =
        new TestServer(
            true,
            limits,
            stream -> {
              seen.complete(stream.head());
              TestServer.echo(stream);
            })) {
      own.exchange("GET / HTTP/1.0\r\nA_b: c\r\nD(e: f\r\n\r\n");
      assertEquals("A_b: c\nD(e: f\n", seen.get().headers().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepAliveRequests_answeredInTurn(boolean isEpoll) throws IOException {
    try (TestServer own = new TestServer(isEpoll, HttpLimits.DEFAULT, TestServer::echo);
        TestClient client = own.client()) {
      for (int i = 0; i < 3; i++) {
        client.send("GET /" + i + " HTTP/1.1\r\nHost: x\r\n\r\n");
        String body = "GET /" + i;
        assertEquals(response(200, body, "keep-alive"), client.readUntil(body));
      }
    }
  }

  @Test
  void oldKeepAlive_kept() throws IOException {
    try (TestClient client = server.client()) {
      for (int i = 0; i < 2; i++) {
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertEquals(response(200, "GET /", "keep-alive"), client.readUntil("GET /"));
      }
    }
  }

  @Test
  void expectingClient_toldToContinueWhenBodyIsWanted() throws IOException {
    try (TestClient client = server.client()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n");
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readUntil("\r\n\r\n"));
      client.send("ab");
      assertEquals(response(200, "POST / ab", "keep-alive"), client.readUntil("ab"));
    }
  }

  @Test
  void expectingClient_closedWhenBodyIsNotWanted() throws IOException {
    try (TestServer own = new TestServer(stream -> TestServer.reply(stream, 403, "no"))) {
      assertEquals(
          response(403, "no", "close"),
          own.exchange(
              "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
    }
  }

  @Test
  void connection_countsRequests() throws IOException {
    try (TestServer own =
            new TestServer(stream ->
                TestServer.reply(
                    stream,
                    200,
                    stream.connection().number() + "." + stream.connection().requests()));
        TestClient first = own.client()) {
      first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      first.readUntil("1.1");
      first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      first.readUntil("1.2");
      assertTrue(own.exchange("GET / HTTP/1.0\r\n\r\n").endsWith("2.1"));
    }
  }
}
