package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import moonphase.dist.Command.Result;
import moonphase.dist.osgi.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload changes and what it keeps, and when requests under way are ended. */
class ReloadIT {
  private static final String LOCATIONS =
      """
      location = /number { return 200 NUMBER; }
      location = /hits { content_by_lua_block {
          ngx.print((ngx.shared.hits:incr("n", 1, 0)))
      } }
      location = /sleep { content_by_lua_block {
          ngx.log(ngx.NOTICE, "began"); ngx.sleep(60); ngx.print("slept")
      } }
      """;

  @TempDir Path prefix;
  private RunningServer server;

  @BeforeEach
  void makeServer() throws IOException {
    server = new RunningServer(prefix);
  }

  @AfterEach
  void endServer() throws IOException {
    server.close();
  }

  private void configure(int number, String main, String http, String listens) throws IOException {
    server.configure(
        "error_log logs/error.log notice;\n" + main,
        http + "\nserver {\nLISTEN\n" + listens + LOCATIONS.replace("NUMBER", "" + number) + "}");
  }

  private void reload(int number, String main, String http, String listens) throws IOException {
    configure(number, main, http, listens);
    server.reload("/number", "\r\n\r\n" + number);
  }

  @Test
  void reload_changesListensLimitsAndDictionaries() throws IOException {
    Path second = prefix.resolve("second");
    String also = "listen unix:" + second + ";\n";
    String dict = "lua_shared_dict hits 100k;\n";
    String small = "client_header_buffer_size 1k; large_client_header_buffers 1 1k;\n";
    configure(1, "", dict + small, "");
    assertEquals(new Result(0, "", ""), server.start());
    assertTrue(server.get("/hits").contains("\r\n1\r\n"));
    String longTarget = "/number?" + "x".repeat(3000);
    assertTrue(server.get(longTarget).startsWith("HTTP/1.1 414 "), server.get(longTarget));

    reload(2, "", dict, also);
    assertTrue(server.get(longTarget).startsWith("HTTP/1.1 200 "), server.get(longTarget));
    assertTrue(new Client(second).get("/number").endsWith("2"));
    assertTrue(server.get("/hits").contains("\r\n2\r\n"), "a dictionary of the same size lives");

    reload(3, "worker_processes 2;", "lua_shared_dict hits 200k;\n", "");
    assertFalse(Files.exists(second), "the socket is closed and its file removed");
    assertTrue(server.get("/hits").contains("\r\n1\r\n"), "one of another size is new");

    configure(4, "worker_processes 2; nonsense;", dict, "");
    Command.kill("HUP", server.master());
    String refused = "unknown directive \"nonsense\" in " + prefix.resolve("conf/nginx.conf");
    Command.await("refusal", () -> server.errorLog().contains(refused + ":2"));
    assertTrue(server.get("/number").endsWith("3"));
    String log = server.errorLog();
    assertTrue(log.contains(": signal 1 (SIGHUP) received, reconfiguring\n"), log);
    assertTrue(log.contains(": reconfiguring\n"), log);
  }

  @Test
  void workerShutdownTimeout_endsWhatIsLeft() throws IOException {
    String dict = "lua_shared_dict hits 100k;\n";
    configure(1, "worker_shutdown_timeout 200ms;", dict, "");
    assertEquals(new Result(0, "", ""), server.start());
    try (SocketChannel asleep = server.client().send("/sleep")) {
      Command.await("request", () -> server.errorLog().contains("began"));
      reload(2, "worker_shutdown_timeout 200ms;", dict, "");
      assertEquals("", server.client().answer(asleep), "closed without an answer");
    }
    try (SocketChannel asleep = server.client().send("/sleep")) {
      Command.await("request", () -> server.errorLog().split("began", -1).length == 3);
      long start = System.nanoTime();
      server.end("QUIT");
      assertEquals("", server.client().answer(asleep));
      assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < 15);
    }
  }
}
