package moonphase.transport.netty.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The access log is written when a response has left, or when it is known that it will not. */
class AccessLogTest {
  private static final int BIG_BYTES = 16 << 20;
  private static final int SMALL_BYTES = 160 << 10;

  private static final String CONFIGURATION =
      """
      error_log logs/error.log info;
      events { }
      http {
        log_format short '$uri $status $body_bytes_sent $request_time';
        access_log logs/access.log short;
        server {
          listen 127.0.0.1:%PORT% sndbuf=16k;
          root html;
          location = /limited { limit_rate 64k; }
          location = /aborted { send_timeout 200ms; reset_timedout_connection on; }
        }
      }
      """;

  @TempDir Path folder;
  private Site site;

  @BeforeEach
  void start() throws IOException {
    Path html = Files.createDirectories(folder.resolve("html"));
    write(html.resolve("limited"), SMALL_BYTES);
    for (String name : new String[] {"slow", "gone", "aborted"}) {
      write(html.resolve(name), BIG_BYTES);
    }
    site = Sites.start(folder, CONFIGURATION);
  }

  @AfterEach
  void stop() throws IOException {
    site.close();
  }

  private static void write(Path path, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    }
  }

  /** Asks and leaves the answer unread. */
  private Socket ask(String target) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 << 10);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
    String request = "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private String[] line() throws IOException {
    Path log = folder.resolve("logs/access.log");
    long end = System.nanoTime() + Site.PATIENCE_SECONDS * 1_000_000_000L;
    while (!Files.exists(log) || Files.size(log) == 0) {
      assertTrue(System.nanoTime() < end, "no line");
      LockSupport.parkNanos(5_000_000);
    }
    return Files.readString(log).strip().split(" ");
  }

  private static void assertLine(String[] line, String target, long bytes) {
    assertEquals(target, line[0]);
    assertEquals("200", line[1]);
    assertEquals(bytes, Long.parseLong(line[2]));
  }

  @Test
  void limitedResponse_isLoggedAtItsEnd() throws IOException {
    try (Socket socket = ask("/limited")) {
      socket.getInputStream().readAllBytes();
    }
    assertLine(line(), "/limited", SMALL_BYTES);
    assertTrue(Double.parseDouble(line()[3]) >= 1, line()[3]);
  }

  @Test
  void responseToASlowReader_isLoggedAtItsEnd() throws Exception {
    try (Socket socket = ask("/slow")) {
      Thread.sleep(300); // the client's slowness
      assertEquals("", Files.readString(folder.resolve("logs/access.log")));
      socket.getInputStream().readAllBytes();
    }
    assertLine(line(), "/slow", BIG_BYTES);
    assertTrue(Double.parseDouble(line()[3]) >= 0.25, line()[3]);
  }

  @Test
  void responseToAClientThatGoes_isLoggedWithWhatHasLeft() throws IOException {
    int read;
    try (Socket socket = ask("/gone")) {
      InputStream in = socket.getInputStream();
      read = in.readNBytes(1 << 20).length;
    }
    assertPartial("/gone", read / 2);
  }

  @Test
  void responseThatTakesTooLong_isLoggedWithWhatHasLeft() throws IOException {
    try (Socket socket = ask("/aborted")) {
      assertPartial("/aborted", 1);
      assertTrue(socket.isConnected());
    }
  }

  private void assertPartial(String target, long least) throws IOException {
    String[] line = line();
    assertEquals(target, line[0]);
    assertEquals("200", line[1]);
    long bytes = Long.parseLong(line[2]);
    assertTrue(bytes >= least && bytes < BIG_BYTES, line[2]);
  }
}
