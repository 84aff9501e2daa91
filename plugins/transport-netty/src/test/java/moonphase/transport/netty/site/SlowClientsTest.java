package moonphase.transport.netty.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients of four kinds that take their time, many of each at once: all are given up when the
 * configuration says so, and others are served meanwhile. {@code -Dmoonphase.slow=2000} has so many
 * of each kind; the process needs 9 descriptors for 4 of them.
 */
class SlowClientsTest {
  private static final int EACH = Integer.getInteger("moonphase.slow", 25);
  private static final long TIMEOUT_MILLIS = EACH > 100 ? 4000 : 500;
  private static final long FILE_BYTES = 64 << 20;

  /** For connecting them all, and for a machine that does other things as well. */
  private static final long SLACK_MILLIS = 15_000;

  private static final String CONFIGURATION =
      """
      worker_processes 2;
      error_log logs/error.log info;
      events { worker_connections 20000; }
      http {
        access_log off;
        client_header_timeout %1$dms;
        client_body_timeout %1$dms;
        send_timeout %1$dms;
        server {
          listen 127.0.0.1:%%PORT%% sndbuf=16k backlog=8192;
          location / { echo_read_request_body; echo -n ok; }
          location /big { root html; }
        }
      }
      """
          .formatted(TIMEOUT_MILLIS);

  @Test
  void slowClients_areGivenUpWhileOthersAreServed(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("html"));
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("html/big").toFile(), "rw")) {
      file.setLength(FILE_BYTES);
    }
    try (Site site = Sites.start(folder, CONFIGURATION)) {
      FutureTask<List<SlowClients.Life>> slow =
          new FutureTask<>(
              new SlowClients(site.port(), EACH, TIMEOUT_MILLIS * 6, TIMEOUT_MILLIS / 5));
      Thread.ofPlatform().start(slow);
      List<Long> others = new ArrayList<>();
      while (!slow.isDone()) {
        others.add(serve(site.port()));
      }
      List<SlowClients.Life> lives = slow.get();
      lives.forEach(SlowClientsTest::check);
      others.sort(null);
      System.out.printf(
          "%d slow clients lived %d to %d ms; %d others took %d ms, at most %d%n",
          lives.size(),
          lives.stream().mapToLong(SlowClients.Life::millis).min().orElseThrow(),
          lives.stream().mapToLong(SlowClients.Life::millis).max().orElseThrow(),
          others.size(),
          others.get(others.size() / 2),
          others.getLast());
      assertTrue(others.getLast() < SLACK_MILLIS, "another request took " + others.getLast());
    }
  }

  private static long serve(int port) throws IOException {
    String request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    long begin = System.nanoTime();
    assertEquals(
        List.of("200 close ok"), Answers.to(port, request.getBytes(StandardCharsets.ISO_8859_1)));
    return (System.nanoTime() - begin) / 1_000_000;
  }

  private static void check(SlowClients.Life life) {
    assertTrue(life.millis() >= TIMEOUT_MILLIS * 9 / 10, life.toString());
    boolean isReading = life.kind() == SlowClients.Kind.READING;
    long due = isReading ? TIMEOUT_MILLIS * 6 : TIMEOUT_MILLIS;
    assertTrue(life.millis() <= due + SLACK_MILLIS, life.toString());
    assertTrue(life.bytes() < FILE_BYTES, life.toString());
  }
}
