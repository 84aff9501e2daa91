package moonphase.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are refused: what others might understand differently, and what is too long. Status
 * and complaint are those of nginx 1.22.1.
 */
class RefusalsTest {
  private static final String LINE = " while reading client request line";
  private static final String HEADERS = " while reading client request headers";

  private static TestServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new TestServer(TestServer::echo);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertRefused(int status, String complaint, String request)
      throws IOException {
    assertEquals(RequestsTest.response(status, complaint, "close"), server.exchange(request));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get / HTTP/1.0\\r\\n              | 400 | client sent invalid method
          \\0GET / HTTP/1.0\\r\\n           | 400 | client sent invalid method
          G\\0T / HTTP/1.0\\r\\n            | 400 | client sent invalid method
          GET\\t/ HTTP/1.0\\r\\n            | 400 | client sent invalid method
          GET1 / HTTP/1.0\\r\\n             | 400 | client sent invalid method
          GET x HTTP/1.0\\r\\n              | 400 | client sent invalid request
          GET * HTTP/1.0\\r\\n              | 400 | client sent invalid request
          GET /a b HTTP/1.0\\r\\n           | 400 | client sent invalid request
          GET /\\0 HTTP/1.0\\r\\n           | 400 | client sent invalid request
          GET /\\t HTTP/1.0\\r\\n           | 400 | client sent invalid request
          GET /\\177 HTTP/1.0\\r\\n         | 400 | client sent invalid request
          GET /\\rHost: x\\r\\n             | 400 | client sent invalid request
          GET / HTTP/1.0\\r\\r\\n           | 400 | client sent invalid request
          GET / http/1.0\\r\\n              | 400 | client sent invalid request
          GET / HTTP/0.9\\r\\n              | 400 | client sent invalid request
          GET / HTTP/1.\\r\\n               | 400 | client sent invalid request
          GET / HTTP/1.1000\\r\\n           | 400 | client sent invalid request
          GET / HTTP/1.1 x\\r\\n            | 400 | client sent invalid request
          GET http:/h/ HTTP/1.0\\r\\n       | 400 | client sent invalid request
          GET http://u@h/ HTTP/1.0\\r\\n    | 400 | client sent invalid request
          GET http://h:1x/ HTTP/1.0\\r\\n   | 400 | client sent invalid request
          GET http://[::1 HTTP/1.0\\r\\n    | 400 | client sent invalid request
          CONNECT h:443 HTTP/1.1\\r\\n      | 400 | client sent invalid request
          GET http:///y HTTP/1.0\\r\\n      | 400 | client sent invalid host in request line
          GET http://a..b/ HTTP/1.0\\r\\n   | 400 | client sent invalid host in request line
          GET / HTTP/2.0\\r\\n              | 505 | client sent invalid version
          GET / HTTP/11.1\\r\\n             | 505 | client sent invalid version
          """)
  void requestLine_refused(String request, int status, String complaint) throws IOException {
    assertRefused(status, complaint + LINE, request.translateEscapes() + "Host: a\r\n\r\n");
  }

  @Test
  void oldPost_refusedWithoutHead() throws IOException {
    assertEquals(
        "client sent invalid method in HTTP/0.9 request" + LINE, server.exchange("POST /\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          A : b         | client sent invalid header line: "A\\\\x20..."
          A\\t: b       | client sent invalid header line: "A\\\\x09..."
           A: b         | client sent invalid header line: "\\\\x20..."
          B: c\\r\\n d  | client sent invalid header line: "\\\\x20..."
          B: c\\r\\n\\td | client sent invalid header line: "\\\\x09..."
          A: b\\rc: d   | client sent invalid header line: "A: b\\\\x0d..."
          A: b\\0c      | client sent invalid header line: "A: b\\\\x00..."
          A\\0: b       | client sent invalid header line: "A\\\\x00..."
          A\\177: b     | client sent invalid header line: "A\\\\x7f..."
          : b           | client sent invalid header line: "\\\\x3a..."
          host: y       | client sent duplicate host header: "host: y", previous value: "Host: x"
          """)
  void headerLine_refused(String line, String complaint) throws IOException {
    String sent = line.translateEscapes();
    boolean isSpace = complaint.startsWith("client sent invalid header line: \"\\\\x20");
    assertRefused(
        400,
        complaint.translateEscapes() + HEADERS,
        "GET / HTTP/1.1\r\nHost: x\r\n"
            + (isSpace && !sent.contains("\n") ? " " : "")
            + sent
            + "\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Content-Length: 1\\nContent-Length: 1 | 400 | \
          client sent duplicate header line: "Content-Length: 1", previous value: "Content-Length: 1"
          Transfer-Encoding: chunked\\ntransfer-encoding: chunked | 400 | \
          client sent duplicate header line: "transfer-encoding: chunked", \
          previous value: "Transfer-Encoding: chunked"
          Content-Length: 5\\nTransfer-Encoding: chunked | 400 | \
          client sent "Content-Length" and "Transfer-Encoding" headers at the same time
          Transfer-Encoding: chunked\\nContent-Length: 5 | 400 | \
          client sent "Content-Length" and "Transfer-Encoding" headers at the same time
          Content-Length: -1   | 400 | client sent invalid "Content-Length" header
          Content-Length: +1   | 400 | client sent invalid "Content-Length" header
          Content-Length: 1x   | 400 | client sent invalid "Content-Length" header
          Content-Length: 1, 1 | 400 | client sent invalid "Content-Length" header
          Content-Length: 0x1  | 400 | client sent invalid "Content-Length" header
          Content-Length:\\t1  | 400 | client sent invalid "Content-Length" header
          Content-Length:      | 400 | client sent invalid "Content-Length" header
          Content-Length: 9223372036854775808 | 400 | client sent invalid "Content-Length" header
          Transfer-Encoding: gzip, chunked | 501 | \
          client sent unknown "Transfer-Encoding": "gzip, chunked"
          Transfer-Encoding: identity | 501 | client sent unknown "Transfer-Encoding": "identity"
          Transfer-Encoding:\\tchunked | 501 | \
          client sent unknown "Transfer-Encoding": "\\tchunked"
          Authorization: a\\nAuthorization: b | 400 | \
          client sent duplicate header line: "Authorization: b", previous value: "Authorization: a"
          """)
  void bodyHeader_refused(String lines, int status, String complaint) throws IOException {
    assertRefused(
        status,
        complaint.translateEscapes() + HEADERS,
        "POST / HTTP/1.1\r\nHost: x\r\n" + lines.translateEscapes() + "\r\n\r\n0\r\n\r\n");
  }

  @Test
  void oldChunkedRequest_refused() throws IOException {
    assertRefused(
        400,
        "client sent HTTP/1.0 request with \"Transfer-Encoding\" header" + HEADERS,
        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }

  @Test
  void missingHost_refused() throws IOException {
    assertRefused(
        400,
        "client sent HTTP/1.1 request without \"Host\" header" + HEADERS,
        "GET / HTTP/1.1\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT", "TRACE"})
  void method_refused(String method) throws IOException {
    assertRefused(
        405,
        "client sent " + method + " method" + HEADERS,
        method + " / HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n",
        "\r\n",
        "-1\r\na\r\n0\r\n\r\n",
        "0x1\r\na\r\n0\r\n\r\n",
        "1x\r\na\r\n",
        "1\rX",
        "1\r\nab\r\n0\r\n\r\n",
        "1\r\na0\r\n\r\n",
        "1\r\na\rb",
        "0\rX",
        "0\r\n\rX",
        "0\r\nT: x\rX",
        "7fffffffffffffff\r\na",
        "8000000000000000\r\na",
        "10000000000000001\r\na",
        "fffffffffffffffff\r\na",
      })
  void chunk_refused(String body) throws IOException {
    String answer =
        server.exchange("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    assertTrue(answer.startsWith("HTTP/1.1 400 T"), answer);
    assertTrue(answer.contains("Connection: close"), answer);
  }

  @Test
  void endlessTrailer_refused() throws IOException {
    String answer =
        server.exchange(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                + "T: ttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttttt\r\n"
                    .repeat(1000));
    assertTrue(answer.startsWith("HTTP/1.1 400 T"), answer);
  }

  @ParameterizedTest
  @CsvSource({"900, 200", "5000, 200", "8175, 200", "8178, 414", "9000, 414", "50000, 414"})
  void longTarget_refusedBeyondALargeBuffer(int length, int status) throws IOException {
    String answer = server.exchange("GET /" + "a".repeat(length) + " HTTP/1.0\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    if (status == 414) {
      assertTrue(answer.endsWith("client sent too long URI" + LINE), answer);
    }
  }

  /** Lengths and numbers of lines, around the limits that nginx was seen to have. */
  static IntStream[] headers() {
    return new IntStream[] {
      IntStream.of(8185, 1, 200),
      IntStream.of(8190, 1, 494),
      IntStream.of(30000, 1, 494),
      IntStream.of(8000, 4, 200),
      IntStream.of(8000, 5, 494),
      IntStream.of(4000, 8, 200),
      IntStream.of(4000, 9, 494),
      IntStream.of(5000, 4, 200),
      IntStream.of(5000, 5, 494),
      IntStream.of(12, 997, 200),
      IntStream.of(12, 1000, 494),
    };
  }

  @ParameterizedTest
  @MethodSource("headers")
  void longHeader_refusedBeyondTheLargeBuffers(IntStream numbers) throws IOException {
    int[] n = numbers.toArray();
    String request =
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + ("A: " + "b".repeat(n[0]) + "\r\n").repeat(n[1])
            + "\r\n";
    String answer = server.exchange(request);
    assertTrue(answer.startsWith("HTTP/1.1 " + n[2]), answer);
    if (n[2] == 494 && n[1] < 1000) {
      assertTrue(answer.contains("client sent too long header line: \"A: bbb"), answer);
      assertTrue(answer.endsWith("b...\"" + HEADERS), answer);
    }
  }

  @Test
  void endlessEmptyLines_ignored() throws IOException {
    String answer = server.exchange("\r\n".repeat(30_000) + "GET / HTTP/1.0\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
  }
}
