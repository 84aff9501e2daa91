package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import moonphase.spi.HttpLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  /** A request whose connection is to be closed, and the body that answers it. */
  private static void assertAnswer(String body, String request) throws IOException {
    assertEquals(response(200, body, "close"), server.exchange(request));
  }

  private static String response(int status, String body, String connection) {
    return "HTTP/1.1 "
        + status
        + " T\r\nServer: nginx\r\nContent-Length: "
        + body.length()
        + "\r\nConnection: "
        + connection
        + "\r\n\r\n"
        + body;
  }

  @Test
  void get_answered() throws IOException {
    assertAnswer("GET /a?b=c", "GET /a?b=c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
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
}
