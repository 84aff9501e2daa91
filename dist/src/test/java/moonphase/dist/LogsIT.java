package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import moonphase.dist.Command.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs of the whole server: nothing is lost, cut or mixed. */
class LogsIT {
  @TempDir Path prefix;

  @Test
  void bufferedLines_areWrittenAtReopenReloadAndQuit() throws IOException {
    try (RunningServer server = new RunningServer(prefix)) {
      configure(server, "1");
      assertEquals(new Result(0, "", ""), server.start());
      get(server, "/a", 3);
      assertEquals("", server.text("logs/access.log"));
      Path log = prefix.resolve("logs/access.log");
      Files.move(log, prefix.resolve("logs/access.log.1"));
      Command.kill("USR1", server.master());
      Command.await("new file", () -> Files.exists(log));
      assertEquals(List.of("/a", "/a", "/a"), server.lines("logs/access.log.1"));
      get(server, "/b", 2);
      configure(server, "2");
      server.reload("/", "2");
      Command.await("lines", () -> server.lines("logs/access.log").containsAll(List.of("/b")));
      get(server, "/c", 2);
      server.end("QUIT");
      List<String> lines = new ArrayList<>(server.lines("logs/access.log"));
      lines.removeIf("/"::equals); // the reload was waited for by asking
      assertEquals(List.of("/b", "/b", "/c", "/c"), lines);
    }
  }

  private static void configure(RunningServer server, String answer) throws IOException {
    server.configure(
        "error_log logs/error.log;",
        "log_format uri $uri;\naccess_log logs/access.log uri buffer=64k;\n"
            + "server { LISTEN return 200 "
            + answer
            + "; }");
  }

  private static void get(RunningServer server, String target, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      server.client().get(target);
    }
  }

  @Test
  void syslog_getsLinesOfBothLogs() throws IOException {
    try (RunningServer server = new RunningServer(prefix);
        DatagramSocket daemon =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      daemon.setSoTimeout(20_000);
      String address = "syslog:server=127.0.0.1:" + daemon.getLocalPort();
      server.configure(
          "error_log " + address + " warn;\nerror_log logs/error.log;",
          "log_format uri $uri;\naccess_log "
              + address
              + ",facility=local3,tag=moon,severity=notice,nohostname uri;\n"
              + "server { LISTEN location = /bad { content_by_lua_block {"
              + " ngx.log(ngx.ERR, 'went wrong') } }\nlocation / { return 200 x; } }");
      assertEquals(new Result(0, "", ""), server.start());
      server.get("/first");
      String time = "[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d";
      assertMatches("<157>" + time + " moon: /first", receive(daemon));
      server.configure(
          "error_log " + address + " warn;",
          "access_log off; server { LISTEN location = /bad { content_by_lua_block {"
              + " ngx.log(ngx.ERR, 'went wrong') } }\nlocation / { return 200 x; } }");
      server.reload("/second", "x");
      server.get("/bad");
      String line = receive(daemon);
      while (!line.contains("went wrong")) { // the reload was waited for by asking
        line = receive(daemon);
      }
      assertMatches(
          "<187>"
              + time
              + " \\S+ nginx: \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[error\\] .*"
              + "went wrong, client: unix:, server: , request: \"GET /bad HTTP/1.1\", host:"
              + " \"localhost\"",
          line);
    }
  }

  private static void assertMatches(String pattern, String text) {
    assertTrue(text.matches(pattern), text);
  }

  private static String receive(DatagramSocket daemon) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    daemon.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void linesOfTwoWorkers_areNeverMixed() throws Exception {
    try (RunningServer server = new RunningServer(prefix)) {
      server.configure(
          "worker_processes 2;\nerror_log logs/error.log;",
          "log_format long '<$arg_n $arg_x>';\naccess_log logs/plain.log long;\n"
              + "access_log logs/buffered.log long buffer=8k;\n"
              + "large_client_header_buffers 4 16k;\nserver { LISTEN return 200 x; }");
      assertEquals(new Result(0, "", ""), server.start());
      Set<String> expected = new HashSet<>();
      List<Thread> clients = new ArrayList<>();
      for (int client = 0; client < 8; client++) {
        String x = Character.toString('a' + client).repeat(3000 + client * 500);
        String first = client + "-";
        IntStream.range(0, 25).forEach(i -> expected.add("<" + first + i + " " + x + ">"));
        clients.add(
            Thread.startVirtualThread(() ->
                IntStream.range(0, 25).forEach(i -> server.get("/?n=" + first + i + "&x=" + x))));
      }
      for (Thread client : clients) {
        client.join();
      }
      server.end("QUIT");
      for (String file : List.of("logs/plain.log", "logs/buffered.log")) {
        List<String> lines = server.lines(file);
        assertEquals(200, lines.size(), file);
        assertEquals(expected, new HashSet<>(lines), file);
      }
    }
  }
}
