package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import moonphase.dist.Command.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that root starts and that becomes another user; only root can see it happen. */
class RightsIT {
  private static final int NOBODY = 65534;

  @TempDir Path prefix;

  @BeforeEach
  void onlyRoot() throws IOException {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "not root");
    Files.setPosixFilePermissions(prefix, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void configure(RunningServer server, String main, String listen, String answer)
      throws IOException {
    server.configure(
        "user nobody root;\nerror_log logs/error.log notice;\n" + main,
        "access_log logs/access.log;\nserver { LISTEN "
            + listen
            + " location = / { return 200 "
            + answer
            + "; }\n"
            + "location = /file { client_body_in_file_only on; client_body_buffer_size 1k;\n"
            + "content_by_lua_block { ngx.req.read_body(); ngx.print(ngx.req.get_body_file()) } }"
            + " }");
  }

  @Test
  void user_isWhatEveryThreadBecomes() throws IOException {
    try (RunningServer server = new RunningServer(prefix)) {
      configure(server, "worker_priority 3; worker_rlimit_nofile 3000;", "", "one");
      assertEquals(new Result(0, "", ""), server.start());
      assertTrue(server.get("/").endsWith("one"));
      assertEquals(Set.of("Uid:\t65534\t65534\t65534\t65534"), statuses(server.jvm(), "Uid:"));
      assertEquals(Set.of("Gid:\t0\t0\t0\t0"), statuses(server.jvm(), "Gid:"));
      assertEquals(NOBODY, owner("client_body_temp"));
      assertEquals(NOBODY, owner("logs/access.log"));
      assertEquals(0, owner("logs/nginx.pid"));
      String limits = Files.readString(Path.of("/proc/" + server.jvm() + "/limits"));
      assertTrue(limits.matches("(?s).*Max open files +3000 +3000 .*"), limits);
      reopens(server);
      reloads(server);
      server.end("QUIT");
      assertFalse(Files.exists(prefix.resolve("logs/nginx.pid")));
    }
  }

  /** The folder of the logs is root's, so that the master has to make the file. */
  private void reopens(RunningServer server) throws IOException {
    Path log = prefix.resolve("logs/access.log");
    Files.move(log, prefix.resolve("logs/access.log.1"));
    Command.kill("USR1", server.master());
    Command.await("new file", () -> Files.exists(log));
    Command.await(
        "line",
        () -> {
          server.get("/");
          return !server.lines("logs/access.log").isEmpty();
        });
    assertEquals(NOBODY, owner("logs/access.log"));
  }

  private void reloads(RunningServer server) throws IOException {
    configure(server, "worker_priority 3;", "", "two");
    server.reload("/", "two");
    assertEquals(Set.of("Uid:\t65534\t65534\t65534\t65534"), statuses(server.jvm(), "Uid:"));
    String first = Files.readString(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"));
    if (Integer.parseInt(first.strip()) > 1) {
      configure(server, "", "listen 127.0.0.1:1;", "three");
      Command.kill("HUP", server.master());
      Command.await(
          "refusal",
          () ->
              server.errorLog().contains("bind() to 127.0.0.1:1 failed (13: Permission denied)")
                  && server.errorLog().contains("the server has given up the rights"));
      assertTrue(server.get("/").endsWith("two"));
    }
  }

  @Test
  void unknownNames_areTold() throws IOException {
    try (RunningServer server = new RunningServer(prefix)) {
      server.configure("user nosuchuser;", "");
      Result result = server.run("-t");
      String conf = prefix.resolve("conf/nginx.conf").toString();
      assertEquals(1, result.status());
      assertTrue(
          result
              .err()
              .startsWith("nginx: [emerg] getpwnam(\"nosuchuser\") failed in " + conf + ":1"),
          result.err());
      server.configure("user nobody nosuchgroup;", "");
      assertTrue(server.run("-t").err().contains("[emerg] getgrnam(\"nosuchgroup\") failed in "));
    }
  }

  private int owner(String file) throws IOException {
    return (Integer) Files.getAttribute(prefix.resolve(file), "unix:uid");
  }

  private static Set<String> statuses(long pid, String field) throws IOException {
    Set<String> all = new HashSet<>();
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks.toList()) {
        List<String> lines = Files.readAllLines(task.resolve("status"));
        lines.stream().filter(line -> line.startsWith(field)).forEach(all::add);
      }
    }
    return all;
  }
}
