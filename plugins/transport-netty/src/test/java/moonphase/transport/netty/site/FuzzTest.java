package moonphase.transport.netty.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mutations of valid requests over sockets. {@code -Dmoonphase.mutations=1000000} and {@code
 * -Dmoonphase.seed=7} have more of them and others; with {@code -Dmoonphase.nginx=/usr/sbin/nginx}
 * each answer is compared with nginx's.
 */
class FuzzTest {
  private static final long COUNT = Long.getLong("moonphase.mutations", 3000);
  private static final long SEED = Long.getLong("moonphase.seed", 1);
  private static final int CLIENTS = 4;
  private static final int MOST_COMPLAINTS = 20;

  /** Buffers that a loop's cache may keep. */
  private static final long CACHED = 4000;

  private static final String CONFIGURATION =
      """
      worker_processes 2;
      error_log logs/error.log crit;
      events { worker_connections 1000; }
      http {
        access_log off;
        client_header_timeout 5s;
        client_body_timeout 5s;
        server { listen 127.0.0.1:%PORT%; LOCATION }
      }
      """
          .replace("LOCATION", Oracle.LOCATION);

  private final AtomicLong next = new AtomicLong();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  @Test
  void mutations_areAnsweredAsTheyAreSentAndLeaveNothing(@TempDir Path folder) throws Exception {
    try (Site site = new MoonphaseSite(folder.resolve("ours"), CONFIGURATION)) {
      if (Sites.NGINX.isEmpty()) {
        fuzz(site.port(), 0);
      } else {
        try (Site nginx = new NginxSite(folder.resolve("nginx"), Sites.NGINX, CONFIGURATION)) {
          fuzz(site.port(), nginx.port());
        }
      }
      assertEquals(List.of(), List.copyOf(complaints));
      assertEquals("", site.errorLog());
      answersOn(site.port());
    }
  }

  private void fuzz(int port, int nginxPort) throws Exception {
    answersOn(port);
    long handles = handles();
    long buffers = buffers();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(Thread.ofPlatform().start(() -> run(client, port, nginxPort)));
    }
    for (Thread client : clients) {
      client.join();
    }
    awaitAtMost(handles, FuzzTest::handles);
    assertTrue(buffers() <= buffers + CACHED, buffers + " buffers became " + buffers());
  }

  private void run(int client, int port, int nginxPort) {
    try {
      for (long number = next.getAndIncrement();
          number < COUNT && complaints.size() < MOST_COMPLAINTS;
          number = next.getAndIncrement()) {
        byte[] sent = Mutations.bytes(SEED, number);
        List<Answers.Answer> ours = Answers.parse(exchange(port, sent, number));
        String complaint = Oracle.complaint(sent, ours);
        if (complaint.isEmpty() && nginxPort != 0) {
          List<Answers.Answer> theirs = Answers.parse(exchange(nginxPort, sent, number));
          complaint = isSame(lines(ours), lines(theirs)) ? "" : ours + " and not " + theirs;
        }
        if (!complaint.isEmpty()) {
          complaints.add(number + ": " + complaint + " sent " + shown(sent));
        }
        if (number % 1000 == 0) {
          answersOn(port);
        }
      }
    } catch (IOException | RuntimeException e) {
      complaints.add("client " + client + " before " + next + ": " + e);
    }
  }

  /** Without dates, and without a word about bodies that are empty anyway. */
  private static List<String> lines(List<Answers.Answer> answers) {
    return answers.stream()
        .map(answer -> answer.toString().replaceAll("Date: [^\\\\]*", ""))
        .filter(line -> !line.equals("100"))
        .toList();
  }

  /** nginx refuses an incomplete head for its Host at once; here the end is waited for. */
  private static boolean isSame(List<String> ours, List<String> theirs) {
    return ours.equals(theirs)
        || theirs.size() == ours.size() + 1
            && theirs.getLast().equals("400 close")
            && theirs.subList(0, ours.size()).equals(ours);
  }

  /** Clients come from many addresses, so that no port is needed again soon. */
  private static byte[] exchange(int port, byte[] sent, long number) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress("127.0.0." + (2 + number % 200), 0));
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      try {
        int from = 0;
        for (int to : Mutations.cuts(SEED, number, sent.length)) {
          socket.getOutputStream().write(sent, from, to - from);
          from = to;
        }
        socket.shutdownOutput();
      } catch (SocketException e) {
        return Answers.readAll(socket.getInputStream()); // closed before everything was sent
      }
      return Answers.readAll(socket.getInputStream());
    }
  }

  private static void answersOn(int port) throws IOException {
    String request = "GET /on HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    List<String> answer = Answers.to(port, request.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(List.of("200 close R\\nGET /on"), answer);
  }

  private static long handles() {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long buffers() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }

  private static void awaitAtMost(long limit, java.util.function.LongSupplier count) {
    long end = System.nanoTime() + Site.PATIENCE_SECONDS * 1_000_000_000L;
    while (count.getAsLong() > limit && System.nanoTime() < end) {
      LockSupport.parkNanos(10_000_000);
    }
    assertTrue(count.getAsLong() <= limit, limit + " became " + count.getAsLong());
  }

  /** How a mutation is written into a case. */
  static String shown(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      switch (b) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\\' -> text.append("\\\\");
        default -> {
          if (b >= ' ' && b < 127) {
            text.append((char) b);
          } else {
            text.append("\\x").append(HexFormat.of().toHexDigits(b));
          }
        }
      }
    }
    return text.toString();
  }
}
