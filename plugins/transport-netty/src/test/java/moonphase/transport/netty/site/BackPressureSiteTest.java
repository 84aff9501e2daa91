package moonphase.transport.netty.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import moonphase.spi.Chunk;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client that is slower than the server costs no more than buffers. {@code
 * -Dmoonphase.megabytes=1024} has bodies of that size.
 */
class BackPressureSiteTest {
  private static final long BYTES = Long.getLong("moonphase.megabytes", 48) << 20;

  /** What the kernel's socket buffers of both sides and the output's mark hold. */
  private static final long MOST_IN_FLIGHT = 8 << 20;

  /** What memory may grow by. */
  private static final long MOST_MEMORY = 24 << 20;

  private static final int PIECE = 32 * 1024;

  private static final String CONFIGURATION =
      """
      error_log logs/error.log error;
      events {}
      http {
        access_log off;
        client_max_body_size 0;
        server {
          listen 127.0.0.1:%PORT%;
          location /made {}
          location /file { root html; }
          location /up { echo_read_request_body; echo -n $content_length; }
        }
      }
      """;

  /** Writes as long as the client takes it. */
  @HandlerOf(phase = Phase.CONTENT, module = "maker")
  private static final class Maker implements PhaseHandler {
    private final AtomicLong made = new AtomicLong();

    @Override
    public Verdict handle(Exchange exchange) {
      if (!exchange.request().uri().equals("/made")) {
        return Verdict.DECLINED;
      }
      exchange.response().headers().set("Content-Length", Long.toString(BYTES));
      Suspension suspension = exchange.suspend();
      goOn(exchange, suspension);
      return Verdict.SUSPENDED;
    }

    private void goOn(Exchange exchange, Suspension suspension) {
      while (exchange.response().isWritable() && made.get() < BYTES) {
        exchange.response().send(Chunk.of(new byte[PIECE]));
        made.addAndGet(PIECE);
      }
      if (made.get() >= BYTES) {
        suspension.conclude(Verdict.OK);
      } else {
        exchange.response().whenFlushed(sent -> goOn(exchange, suspension));
      }
    }
  }

  private static long memory() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory()
        - runtime.freeMemory()
        + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  private static Socket ask(Site site, String request) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024); // or the system lets it grow to many megabytes
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** Reads a body with pauses; gives back the most that the server was ahead by. */
  private static long readSlowly(Socket socket, AtomicLong made, long before) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] piece = new byte[256 * 1024];
    long ahead = 0;
    long read = 0;
    long steps = 0;
    for (int count = in.read(piece); read < BYTES && count >= 0; count = in.read(piece)) {
      read += count;
      ahead = Math.max(ahead, made.get() - read);
      if (steps++ % 64 == 0) {
        LockSupport.parkNanos(5_000_000); // what a slow client does
      }
      if (read > BYTES / 2 && read - count <= BYTES / 2) {
        long now = memory();
        assertTrue(now - before < MOST_MEMORY, "memory grew by " + (now - before));
      }
      if (read >= BYTES) {
        break;
      }
    }
    assertTrue(read >= BYTES, "only " + read);
    return ahead;
  }

  @Test
  void slowReaderOfWhatAHandlerMakes_holdsTheHandlerBack(@TempDir Path folder) throws IOException {
    Maker maker = new Maker();
    try (Site site = new MoonphaseSite(folder, CONFIGURATION, maker)) {
      long before = memory();
      try (Socket socket = ask(site, "GET /made HTTP/1.1\r\nHost: a\r\n\r\n")) {
        long ahead = readSlowly(socket, maker.made, before);
        assertTrue(ahead < MOST_IN_FLIGHT, "ahead by " + ahead);
        System.out.println("a handler was ahead of a slow reader by " + ahead + " bytes at most");
      }
    }
  }

  @Test
  void slowReaderOfAFile_costsNoMemory(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("html"));
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("html/file").toFile(), "rw")) {
      file.setLength(BYTES);
    }
    try (Site site = new MoonphaseSite(folder, CONFIGURATION)) {
      long before = memory();
      try (Socket socket = ask(site, "GET /file HTTP/1.1\r\nHost: a\r\n\r\n")) {
        readSlowly(socket, new AtomicLong(), before);
      }
    }
  }

  @Test
  void bodyThatIsStored_costsNoMemory(@TempDir Path folder) throws IOException {
    try (Site site = new MoonphaseSite(folder, CONFIGURATION)) {
      long before = memory();
      String head = "POST /up HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ";
      try (Socket socket = ask(site, head + BYTES + "\r\n\r\n")) {
        OutputStream out = socket.getOutputStream();
        byte[] piece = new byte[PIECE];
        for (long sent = 0; sent < BYTES; sent += PIECE) {
          out.write(piece);
          if (sent == BYTES / 2) {
            long now = memory();
            assertTrue(now - before < MOST_MEMORY, "memory grew by " + (now - before));
          }
        }
        byte[] answer = Answers.readAll(socket.getInputStream());
        assertEquals("200 close " + BYTES, Answers.read(answer).getFirst());
      }
    }
  }
}
