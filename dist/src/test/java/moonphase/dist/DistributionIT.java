package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import moonphase.dist.Command.Result;
import moonphase.dist.osgi.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a user runs it: its command, a configuration, a socket. */
class DistributionIT {
  private static final String MOONPHASE = Folders.DISTRIBUTION.resolve("bin/moonphase").toString();

  private static final String SLOW =
      "location = /slow { content_by_lua_block {"
          + " ngx.log(ngx.NOTICE, 'request began'); ngx.sleep(%s); ngx.say('ended') } }";

  @TempDir Path prefix;
  private Client client = new Client(Path.of("/"));

  @BeforeEach
  void makePrefix() throws IOException {
    client = new Client(prefix.resolve("socket"));
    Files.createDirectories(prefix.resolve("conf"));
    Files.createDirectories(prefix.resolve("logs"));
  }

  @AfterEach
  void stop() throws IOException {
    Path pidFile = prefix.resolve("logs/nginx.pid");
    if (Files.exists(pidFile)) {
      long master = master();
      Command.kill("TERM", master);
      Command.await("end", () -> !Command.isRunning(master));
    }
  }

  @Test
  void example_doesWhatItsPageSays() throws IOException {
    Folders.copy(Folders.DISTRIBUTION.resolve("examples/hello"), prefix);
    Path conf = prefix.resolve("conf/nginx.conf");
    String text = Files.readString(conf);
    Files.writeString(conf, text.replace("127.0.0.1:8080", "unix:" + client.socket()));
    assertEquals(new Result(0, "", ""), run());
    assertTrue(client.get("/").contains("<title>Moonphase: hello</title>"));
    assertTrue(client.get("/de/anna").contains("\r\nHallo, anna!\n"));
    assertTrue(client.get("/secret").startsWith("HTTP/1.1 403 Forbidden\r\n"));
    assertTrue(client.get("/secret?word=moon").contains("the far side is not dark\n"));
    client.get("/visits");
    Command.await("second visit", () -> get("/visits").contains("\n1 visits before this one"));
    String log = Files.readString(prefix.resolve("logs/error.log"));
    assertTrue(log.contains("visit 1, answered with 200"), log);
  }

  @Test
  void reload_takesAGoodFileAndKeepsServingOnABadOne() throws IOException {
    serve("location / { return 200 old; }");
    long master = master();
    configure("location / { return 200 new; }");
    run("-s", "reload");
    Command.await("new configuration", () -> get("/").endsWith("new"));
    configure("location / { retrun 200 bad; }");
    run("-s", "reload");
    String refused =
        "unknown directive \"retrun\" in " + prefix.resolve("conf/nginx.conf").toString() + ":";
    Command.await("refusal", () -> log().contains(refused));
    assertTrue(get("/").endsWith("new"));
    assertEquals(master, master());
  }

  @Test
  void reopen_writesToANewFile() throws IOException {
    serve("location / { return 200 x; }");
    get("/first");
    Path log = prefix.resolve("logs/access.log");
    Command.await("first line", () -> size(log) > 0);
    Files.move(log, prefix.resolve("logs/access.log.1"));
    run("-s", "reopen");
    Command.await("new file", () -> Files.exists(log));
    get("/second");
    Command.await("second line", () -> size(log) > 0);
    assertTrue(Files.readString(log).contains("/second"));
    assertFalse(Files.readString(prefix.resolve("logs/access.log.1")).contains("/second"));
  }

  @Test
  void quit_letsOpenRequestsEnd() throws IOException {
    serve(SLOW.formatted("0.5"));
    long master = master();
    try (SocketChannel channel = client.send("/slow")) {
      Command.await("request", () -> log().contains("request began"));
      run("-s", "quit");
      assertTrue(client.answer(channel).contains("ended"));
    }
    Command.await("end", () -> !Command.isRunning(master));
  }

  @Test
  void stop_cutsOpenRequests() throws IOException {
    serve(SLOW.formatted("60"));
    long master = master();
    try (SocketChannel channel = client.send("/slow")) {
      Command.await("request", () -> log().contains("request began"));
      run("-s", "stop");
      Command.await("end", () -> !Command.isRunning(master));
      assertFalse(client.answer(channel).contains("ended"));
    }
  }

  @Test
  void secondServer_findsTheSocketTaken() throws IOException {
    serve("location / { return 200 first; }");
    long master = master();
    Result second = run();
    assertEquals(1, second.status());
    String taken = "bind() to unix:" + client.socket() + " failed (98: Address already in use)";
    assertTrue(second.err().startsWith("nginx: [emerg] " + taken), second.err());
    assertTrue(log().contains(taken));
    assertEquals(master, master());
    assertTrue(get("/").endsWith("first"));
  }

  @Test
  void dump_showsFilesAndModuleOrder() throws IOException {
    configure("location / { return 200 x; }");
    Result result = run("-T");
    assertEquals(0, result.status());
    String conf = prefix.resolve("conf/nginx.conf").toString();
    assertTrue(result.out().startsWith("# configuration file " + conf + ":\n"), result.out());
    assertTrue(
        result
            .out()
            .contains(
                "# phase ACCESS: lua_access_first access auth_basic auth_request lua_access\n"),
        result.out());
    assertTrue(result.err().endsWith("configuration file " + conf + " test is successful\n"));
  }

  @Test
  void shell_showsModulesAndPhases() throws IOException {
    configure("location / { return 200 x; }");
    String socket = prefix.resolve("shell").toString();
    Command.run(
        Map.of("MOONPHASE_JAVA_OPTS", "-Dmoonphase.shell=" + socket),
        MOONPHASE,
        "-p",
        prefix.toString());
    Command.await("shell", () -> Files.exists(Path.of(socket)));
    String modules = Command.run(MOONPHASE, "shell", socket, "moonphase:modules").out();
    assertTrue(modules.contains("auth_basic"), modules);
    String phases = Command.run(MOONPHASE, "shell", socket, "moonphase:phases").out();
    assertTrue(phases.contains("ACCESS"), phases);
    String preloads = Command.run(MOONPHASE, "shell", socket, "moonphase:preloads").out();
    assertTrue(preloads.contains("cjson: moonphase.preload.cjson serves"), preloads);
    String vms = Command.run(MOONPHASE, "shell", socket, "moonphase:vms").out();
    assertTrue(vms.contains("generation 1, worker 0: 0 scripts in its code cache"), vms);
    String test = Command.run(MOONPHASE, "shell", socket, "moonphase:test").out();
    assertTrue(test.contains("test is successful"), test);
  }

  /** The code that the recorder puts into event classes refers to a package of the JDK's own. */
  @Test
  void serverThatIsRecorded_serves() throws IOException {
    configure("location / { content_by_lua_block { ngx.print('recorded') } }");
    Map<String, String> flags =
        Map.of("MOONPHASE_JAVA_OPTS", "-XX:StartFlightRecording -Xlog:jfr*=off");
    Result started = Command.run(flags, MOONPHASE, "-p", prefix.toString());
    assertEquals(0, started.status(), started.err());
    assertTrue(client.get("/").contains("recorded"));
  }

  private void serve(String locations) throws IOException {
    configure(locations);
    assertEquals(new Result(0, "", ""), run());
  }

  private void configure(String locations) throws IOException {
    Files.writeString(
        prefix.resolve("conf/nginx.conf"),
        """
        error_log logs/error.log debug;
        events { }
        http {
            access_log logs/access.log;
            server {
                listen unix:%s;
                %s
            }
        }
        """
            .formatted(client.socket(), locations));
  }

  private Result run(String... arguments) throws IOException {
    String[] words =
        Stream.concat(Stream.of(MOONPHASE, "-p", prefix.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return Command.run(words);
  }

  private long master() throws IOException {
    return Long.parseLong(Files.readString(prefix.resolve("logs/nginx.pid")).strip());
  }

  private String get(String target) {
    try {
      return client.get(target);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private String log() {
    try {
      return Files.readString(prefix.resolve("logs/error.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
