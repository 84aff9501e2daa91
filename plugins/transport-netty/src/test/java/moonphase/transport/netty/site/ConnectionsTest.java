package moonphase.transport.netty.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How connections are limited, slowed down and ended; each expectation holds for nginx as well. */
class ConnectionsTest {
  private static final String FRAME =
      """
      worker_processes 1;
      error_log logs/error.log info;
      events { %s }
      http {
        access_log off;
        server {
          listen 127.0.0.1:%%PORT%%;
          %s
        }
      }
      """;

  @TempDir Path folder;

  private Site site(String events, String server) throws IOException {
    return Sites.start(folder, FRAME.formatted(events, server));
  }

  private static Socket connect(Site site) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String until(Socket socket, String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int c = socket.getInputStream().read();
      if (c < 0) {
        return text + "(closed)";
      }
      text.append((char) c);
    }
    return text.toString();
  }

  private static String get(Socket socket, String target) throws IOException {
    send(socket, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    return until(socket, "ok");
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Test
  void connectionsWithRequestsUnderWay_areKeptAndFurtherOnesClosed() throws IOException {
    List<Socket> held = new ArrayList<>();
    try (Site site =
        site(
            "worker_connections 6;",
            "location / { echo -n begun; echo_flush; echo_sleep 1.5; echo -n ok; }")) {
      for (int i = 0; i < 4; i++) {
        Socket socket = connect(site);
        held.add(socket);
        send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        until(socket, "begun");
      }
      Socket fifth = connect(site);
      held.add(fifth);
      assertTrue(isClosed(fifth));
      assertEquals(List.of(), site.awaitErrors(List.of("[alert]", NOT_ENOUGH)));
      for (Socket socket : held.subList(0, 4)) {
        assertTrue(until(socket, "ok").endsWith("ok"));
      }
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  private static final String NOT_ENOUGH = ": 6 worker_connections are not enough";

  @Test
  void idleConnections_giveWayToNewOnes() throws IOException {
    try (Site site = site("worker_connections 6;", "location / { return 200 ok; }");
        Socket first = connect(site)) {
      get(first, "/");
      List<Socket> others = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Socket socket = connect(site);
        others.add(socket);
        assertTrue(get(socket, "/").startsWith("HTTP/1.1 200"));
      }
      assertTrue(isClosed(first));
      assertEquals(List.of(), site.awaitErrors(List.of(NOT_ENOUGH + ", reusing connections")));
      for (Socket socket : others) {
        socket.close();
      }
    }
  }

  @Test
  void resetTimedoutConnection_resetsWhoIsToldNothing() throws IOException {
    try (Site site =
            site(
                "",
                "client_body_timeout 200ms; reset_timedout_connection on;"
                    + " location / { echo_read_request_body; }"
                    + " location = /444 { return 444; }"
                    + " location = /closed { reset_timedout_connection off; return 444; }");
        Socket silent = connect(site);
        Socket unwanted = connect(site);
        Socket closed = connect(site)) {
      send(silent, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
      assertThrows(SocketException.class, () -> silent.getInputStream().read());
      send(unwanted, "GET /444 HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThrows(SocketException.class, () -> unwanted.getInputStream().read());
      send(closed, "GET /closed HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(-1, closed.getInputStream().read());
    }
  }

  @Test
  void limitRate_spreadsABodyOverTime() throws IOException {
    try (Site site =
            site(
                "",
                "location / { limit_rate 20k; limit_rate_after 10k; echo_duplicate 60000 x; echo -n"
                    + " ok; } location = /set { set $limit_rate 30k; echo_duplicate 60000 x; echo"
                    + " -n ok; } location = /fast { return 200 ok; }");
        Socket slow = connect(site);
        Socket set = connect(site);
        Socket other = connect(site)) {
      long start = System.nanoTime();
      send(slow, "GET / HTTP/1.0\r\nHost: a\r\n\r\n");
      send(set, "GET /set HTTP/1.0\r\nHost: a\r\n\r\n");
      assertTrue(get(other, "/fast").startsWith("HTTP/1.1 200"));
      assertTrue(millisSince(start) < 1000);
      int first =
          new String(set.getInputStream().readNBytes(60_000), StandardCharsets.US_ASCII)
              .indexOf("xxx");
      assertTrue(first > 0);
      assertTrue(millisSince(start) >= 900);
      byte[] all = slow.getInputStream().readAllBytes();
      assertTrue(new String(all, StandardCharsets.US_ASCII).endsWith("xok"));
      assertTrue(millisSince(start) >= 1500, "took " + millisSince(start) + " ms");
    }
  }

  @Test
  void postponedOutput_waitsForMoreOrForAFlush() throws IOException {
    try (Site site =
            site(
                "",
                "location / { echo -n early; echo_sleep 0.5; echo -n ok; }"
                    + " location = /flush { echo -n ok; echo_flush; echo_sleep 5; echo late; }"
                    + " location = /small { postpone_output 3; echo -n long-ok; echo_sleep 5;"
                    + " echo late; }");
        Socket socket = connect(site);
        Socket flushed = connect(site);
        Socket small = connect(site)) {
      long start = System.nanoTime();
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals('H', socket.getInputStream().read());
      assertTrue(millisSince(start) >= 450);
      get(flushed, "/flush");
      get(small, "/small");
      assertTrue(millisSince(start) < 5000);
    }
  }

  @Test
  void lingeringClose_readsOnAndAlwaysWaits() throws IOException {
    try (Site site =
            site(
                "",
                "lingering_timeout 300ms; keepalive_timeout 0;"
                    + " location / { lingering_close off; return 200 ok; }"
                    + " location = /always { lingering_close always; return 200 ok; }");
        Socket off = connect(site);
        Socket always = connect(site)) {
      get(always, "/always");
      long start = System.nanoTime();
      assertEquals(-1, always.getInputStream().read());
      send(always, "more");
      get(off, "/");
      assertEquals(-1, off.getInputStream().read());
      assertTrue(millisSince(start) < 2000);
      awaitReset(always);
    }
  }

  /** Sends until the server no longer listens, which it does after the lingering timeout. */
  private static void awaitReset(Socket socket) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Site.PATIENCE_SECONDS);
    assertThrows(
        IOException.class,
        () -> {
          socket.setSoTimeout(400);
          while (System.nanoTime() < end) {
            java.util.concurrent.locks.LockSupport.parkNanos(400_000_000);
            send(socket, "x");
          }
        });
  }

  @Test
  void keepaliveTimeout_isSaidInItsField() throws IOException {
    try (Site site = site("", "keepalive_timeout 300ms 7; location / { return 200 ok; }");
        Socket socket = connect(site)) {
      String answer = get(socket, "/");
      assertTrue(answer.contains("\r\nKeep-Alive: timeout=7\r\n"), answer);
      long start = System.nanoTime();
      assertEquals(-1, socket.getInputStream().read());
      assertTrue(millisSince(start) >= 250);
    }
  }

  @Test
  void sendTimeout_endsAClientThatDoesNotRead() throws IOException {
    try (Site site =
            site("", "send_timeout 300ms; location / { echo_duplicate 50000000 x; echo -n ok; }");
        Socket socket = connect(site)) {
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(
          List.of(), site.awaitErrors(List.of("client timed out (110: Connection timed out)")));
      assertTrue(Answers.readAll(socket.getInputStream()).length < 50_000_000);
    }
  }

  @Test
  void listenOptions_areAccepted() throws IOException {
    String options = "reuseport backlog=100 rcvbuf=16k sndbuf=32k so_keepalive=30s:5:3 fastopen=9";
    try (Site site =
            Sites.start(
                folder,
                FRAME
                    .formatted("", "location / { return 200 ok; }")
                    .replace("%PORT%;", "%PORT% " + options + ";"));
        Socket socket = connect(site)) {
      assertTrue(get(socket, "/").startsWith("HTTP/1.1 200"));
    }
  }
}
