package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import moonphase.dist.Command.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reloads while clients of all kinds are served: no request fails, and nothing of the generations
 * before is left. {@code -Dreloads=200} makes it the long run.
 */
class ReloadUnderLoadIT {
  private static final int RELOADS = Integer.getInteger("reloads", 20);
  private static final int WORKERS = 2;
  private static final int BIG = 8 << 20;

  private static final String HTTP =
      """
      lua_shared_dict counts 1m;
      init_worker_by_lua_block {
          ngx.timer.every(60, function(premature)
              if premature then ngx.shared.counts:incr("premature", 1, 0) end
          end)
      }
      exit_worker_by_lua_block { ngx.shared.counts:incr("exits", 1, 0) }
      access_log logs/access.log combined buffer=4k flush=1s;
      server {
          LISTEN
          root html;
          keepalive_requests 1000000;
          location = /number { return 200 NUMBER; }
          location = /lua {
              access_by_lua_block { ngx.ctx.at = "x" }
              content_by_lua_block { ngx.shared.counts:incr("lua", 1, 0); ngx.print("lua") }
          }
          location = /sleep { content_by_lua_block { ngx.sleep(0.2); ngx.print("sleep") } }
          location = /post { content_by_lua_block {
              ngx.req.read_body(); ngx.print(#ngx.req.get_body_data())
          } }
          location = /count { content_by_lua_block {
              ngx.print(ngx.shared.counts:get(ngx.var.arg_name) or 0)
          } }
      }
      """;

  @TempDir Path prefix;
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean pause = new AtomicBoolean();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();

  /** What a process holds. */
  private record Holdings(long threads, long files, long heapBytes, long generations, long vms) {}

  @Test
  void reloads_failNoRequest_andLeaveNothing() throws Exception {
    try (RunningServer server = new RunningServer(prefix)) {
      Files.write(prefix.resolve("html/big"), new byte[BIG]);
      configure(server, 0);
      assertEquals(new Result(0, "", ""), server.start());
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        clients.add(client(connection -> connection.ask("GET /lua", "lua", true)));
        clients.add(client(connection -> connection.ask("GET /lua", "lua", false)));
        clients.add(
            client(connection -> connection.ask("GET /sleep", "sleep", isKept(connection))));
      }
      clients.add(client(connection -> connection.download()));
      clients.add(client(connection -> connection.post()));
      reload(server, 1, 3);
      Holdings before = quietly(server, clients);
      reload(server, 4, RELOADS);
      over.set(true);
      for (Thread client : clients) {
        client.join();
      }
      assertEquals(List.of(), List.copyOf(failures));
      Command.await("ends of " + RELOADS + " generations", () -> count(server, "exits", RELOADS));
      assertTrue(count(server, "premature", RELOADS), server.get("/count?name=premature"));
      Holdings after = holdings(server);
      System.out.println(
          RELOADS + " reloads, " + answered + " answers: " + before + " -> " + after);
      check(before, after);
      server.end("QUIT");
      assertEquals(answered.get(), accessLines(server), "lines of the access log");
    }
  }

  private static boolean isKept(Connection connection) {
    return connection.number % 2 == 0;
  }

  private static long accessLines(RunningServer server) {
    return server.lines("logs/access.log").stream()
        .filter(line -> line.contains("\" 200 ") && !line.contains(" /number"))
        .filter(line -> !line.contains(" /count"))
        .count();
  }

  private static void check(Holdings before, Holdings after) {
    assertEquals(1, after.generations, "generations");
    assertEquals(WORKERS, after.vms, "VMs");
    assertTrue(after.threads <= before.threads + 1, "threads");
    assertTrue(after.files <= before.files, "files");
    assertTrue(after.heapBytes < before.heapBytes + (2 << 20), "heap");
  }

  private static boolean count(RunningServer server, String name, int reloads) {
    return server.get("/count?name=" + name).contains("\r\n" + reloads * WORKERS + "\r\n");
  }

  private static void configure(RunningServer server, int number) throws IOException {
    server.configure(
        "worker_processes " + WORKERS + ";\nerror_log logs/error-" + number % 3 + ".log notice;",
        HTTP.replace("NUMBER", Integer.toString(number)));
  }

  private static void reload(RunningServer server, int from, int to) throws IOException {
    for (int number = from; number <= to; number++) {
      configure(server, number);
      server.reload("/number", "\r\n\r\n" + number);
    }
  }

  /** Measures while the clients wait between two requests. */
  private Holdings quietly(RunningServer server, List<Thread> clients) throws IOException {
    pause.set(true);
    Command.await("pause", () -> waiting.get() == clients.size());
    Holdings holdings = holdings(server);
    pause.set(false);
    return holdings;
  }

  private static Holdings holdings(RunningServer server) throws IOException {
    long jvm = server.jvm();
    String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
    String histogram = "";
    for (int i = 0; i < 2; i++) { // what the first collection finalizes, the second one frees
      histogram = Command.run(jcmd, Long.toString(jvm), "GC.class_histogram").out();
    }
    return new Holdings(
        entries("/proc/" + jvm + "/task"),
        entries("/proc/" + jvm + "/fd"),
        number(histogram, "Total", 2),
        number(histogram, "moonphase.kernel.KernelGeneration", 1),
        number(histogram, "moonphase.lua.LuaVm", 1));
  }

  private static long entries(String folder) throws IOException {
    try (Stream<Path> entries = Files.list(Path.of(folder))) {
      return entries.count();
    }
  }

  private static long number(String histogram, String name, int column) {
    for (String line : histogram.lines().toList()) {
      String[] words = line.strip().split("\\s+");
      if (name.equals("Total") && words[0].equals(name)) {
        return Long.parseLong(words[column]);
      }
      if (words.length > 3 && words[3].equals(name)) {
        return Long.parseLong(words[column]);
      }
    }
    return 0;
  }

  private interface Round {
    void run(Connection connection) throws IOException;
  }

  private Thread client(Round round) {
    return Thread.ofPlatform()
        .start(() -> {
          try (Connection connection = new Connection()) {
            while (!over.get()) {
              round.run(connection);
              answered.incrementAndGet();
              if (pause.get()) {
                connection.drop();
                waiting.incrementAndGet();
                while (pause.get()) {
                  LockSupport.parkNanos(1_000_000);
                }
                waiting.decrementAndGet();
              }
            }
          } catch (IOException | RuntimeException e) {
            failures.add(e.toString());
          }
        });
  }

  /** A client's connection, opened when it is needed. */
  private final class Connection implements AutoCloseable {
    private final int number = numbers.getAndIncrement();
    private SocketChannel channel;
    private InputStream in;

    private void send(String text) throws IOException {
      if (channel == null) {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(prefix.resolve("socket")));
        in = Channels.newInputStream(channel);
      }
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    private static String head(String request, boolean keeps) {
      return request + " HTTP/1.1\r\nHost: a\r\n" + (keeps ? "" : "Connection: close\r\n");
    }

    void ask(String request, String body, boolean keeps) throws IOException {
      send(head(request, keeps) + "\r\n");
      expect(request, body, keeps);
    }

    private void expect(String request, String body, boolean keeps) throws IOException {
      String head = head();
      String answer = head.contains("chunked") ? chunked() : text(length(head));
      if (!head.startsWith("HTTP/1.1 200 ") || !answer.equals(body)) {
        throw new IOException(request + ": " + head + answer);
      }
      if (!keeps || head.contains("Connection: close")) {
        if (in.read() >= 0) {
          throw new IOException(request + ": more than the answer");
        }
        drop();
      }
    }

    void download() throws IOException {
      send(head("GET /big", true) + "\r\n");
      String head = head();
      long left = length(head);
      if (left != BIG) {
        throw new IOException("/big: " + head);
      }
      byte[] piece = new byte[64 * 1024];
      while (left > 0) {
        int count = in.read(piece, 0, (int) Math.min(left, piece.length));
        if (count < 0) {
          throw new EOFException("/big: " + left + " bytes are missing");
        }
        left -= count;
        LockSupport.parkNanos(2_000_000); // so that it lasts over several reloads
      }
    }

    void post() throws IOException {
      send(head("POST /post", true) + "Content-Length: 1000\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        LockSupport.parkNanos(20_000_000);
        send("x".repeat(100));
      }
      expect("POST /post", "1000", true);
    }

    private int length(String head) {
      return Integer.parseInt(head.replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("closed after \"" + line + "\"");
        }
        line.append((char) c);
      }
      return line.append('\n').toString();
    }

    private String head() throws IOException {
      StringBuilder head = new StringBuilder();
      do {
        head.append(line());
      } while (!head.toString().endsWith("\r\n\r\n"));
      return head.toString();
    }

    private String text(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("a body ended after " + bytes.length + " bytes");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String chunked() throws IOException {
      StringBuilder body = new StringBuilder();
      while (true) {
        int length = Integer.parseInt(line().strip(), 16);
        body.append(text(length));
        line();
        if (length == 0) {
          return body.toString();
        }
      }
    }

    void drop() throws IOException {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    }

    @Override
    public void close() throws IOException {
      drop();
    }
  }
}
