package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import moonphase.dist.Command.Result;
import moonphase.dist.standin.StandInKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, the master and the JVM's launcher, around a kernel that only counts. */
class LauncherIT {
  @TempDir static Path home;
  private static String moonphase = "";

  @TempDir Path prefix;
  @TempDir Path temp;
  private long master;

  @BeforeAll
  static void assemble() throws IOException {
    for (String folder : List.of("bin", "lib", "conf")) {
      Folders.copy(Folders.DISTRIBUTION.resolve(folder), home.resolve(folder));
    }
    Files.createDirectories(home.resolve("deploy"));
    Path bundles = Files.createDirectories(home.resolve("bundles/70-kernel"));
    Jars.bundle("moonphase.kernel")
        .header("Bundle-Activator", StandInKernel.class.getName())
        .header("Import-Package", "org.osgi.framework")
        .type(StandInKernel.class)
        .write(bundles.resolve("kernel.jar"));
    moonphase = home.resolve("bin/moonphase").toString();
  }

  @BeforeEach
  void makePrefix() throws IOException {
    Files.createDirectories(prefix.resolve("logs"));
    configure("daemon on;");
  }

  @AfterEach
  void leaveNothing() throws IOException {
    if (Files.exists(prefix.resolve("logs/nginx.pid")) && Command.isRunning(master())) {
      Command.kill("KILL", master());
    }
    master = 0;
    Command.await("temporary folder removed", () -> names(temp).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "-x, 'invalid option: \"x\"'",
    "word, 'invalid option: \"word\"'",
    "-p, 'option \"-p\" requires directory name'",
    "-c, 'option \"-c\" requires file name'",
    "-e, 'option \"-e\" requires file name'",
    "-g, 'option \"-g\" requires parameter'",
    "-s, 'option \"-s\" requires parameter'",
    "-sdance, 'invalid option: \"-s dance\"'",
  })
  void wrongOption_isNamed(String option, String message) throws IOException {
    assertEquals(new Result(1, "", "nginx: " + message + "\n"), Command.run(moonphase, option));
  }

  @Test
  void version_isNginxsAndOurs() throws IOException {
    Result version = Command.run(moonphase, "-v");
    assertTrue(version.err().matches("nginx version: moonphase/1\\.22\\.1 \\(\\S+\\)\n"));
    Result build = Command.run(moonphase, "-V");
    assertTrue(build.err().startsWith(version.err()));
    assertTrue(build.err().contains("\nconfigure arguments: "));
    assertEquals(List.of(0, 0), List.of(version.status(), build.status()));
  }

  @Test
  void help_listsOptions() throws IOException {
    assertTrue(Command.run(moonphase, "-?").err().contains("-s signal"));
  }

  @Test
  void start_returnsWhenSocketsAreBound() throws IOException {
    assertEquals(new Result(0, "", ""), run("-p", prefix.toString()));
    assertEquals(master() + "\n", Files.readString(prefix.resolve("logs/nginx.pid")));
    assertTrue(answer().startsWith("{}"));
    assertEquals(List.of("conf", "logs"), names(prefix));
    assertEquals(List.of("error.log", "nginx.pid", "port"), names(prefix.resolve("logs")));
  }

  @Test
  void badConfiguration_endsTheStart() throws IOException {
    configure("bad;");
    Result result = run("-p", prefix.toString());
    String conf = prefix.resolve("conf/nginx.conf").toString();
    assertEquals(
        new Result(1, "", "nginx: [emerg] unknown directive \"bad\" in " + conf + ":1\n"), result);
    assertFalse(Files.exists(prefix.resolve("logs/nginx.pid")));
  }

  @Test
  void pidFileThatCannotBeWritten_endsTheStart() throws IOException {
    configure("pid gone/nginx.pid;");
    String path = prefix.resolve("gone/nginx.pid").toString();
    String failed = "open() \"" + path + "\" failed (2: No such file or directory)";
    assertEquals(
        new Result(1, "", "nginx: [emerg] " + failed + "\n"), run("-p", prefix.toString()));
    assertTrue(Files.readString(prefix.resolve("logs/error.log")).contains(failed));
  }

  @Test
  void jvmThatDoesNotStart_isTold() throws IOException {
    Result result =
        Command.run(
            Map.of("TMPDIR", temp.toString(), "MOONPHASE_JAVA_OPTS", "-XX:+NoSuchFlag"),
            moonphase,
            "-p",
            prefix.toString());
    String log = prefix.resolve("logs/error.log").toString();
    assertEquals(1, result.status());
    assertEquals(
        "nginx: [alert] the JVM exited with code 1 before the server was ready, see " + log + "\n",
        result.err());
    assertTrue(Files.readString(Path.of(log)).contains("NoSuchFlag"));
  }

  @Test
  void test_checksAndLeaves() throws IOException {
    String conf = prefix.resolve("conf/nginx.conf").toString();
    assertEquals(
        new Result(
            0,
            "# configuration file " + conf + ":\n",
            "nginx: configuration file " + conf + " test is successful\n"),
        run("-t", "-p", prefix.toString()));
    configure("bad;");
    assertEquals(1, run("-T", "-p", prefix.toString()).status());
    assertEquals(List.of(), names(prefix.resolve("logs")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "QUIT"})
  void endingSignal_leavesNothing(String signal) throws IOException {
    run("-p", prefix.toString());
    long jvm = jvm();
    Command.kill(signal, master());
    awaitEnd(jvm);
    assertFalse(Files.exists(prefix.resolve("logs/nginx.pid")));
    assertEquals("", Files.readString(prefix.resolve("logs/error.log")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "quit"})
  void endingCommand_leavesNothing(String word) throws IOException {
    run("-p", prefix.toString());
    long jvm = jvm();
    assertEquals(new Result(0, "", ""), run("-p", prefix.toString(), "-s", word));
    awaitEnd(jvm);
  }

  @Test
  void signals_reachTheKernel() throws IOException {
    run("-p", prefix.toString());
    Command.kill("WINCH", master());
    Command.kill("HUP", master());
    run("-p", prefix.toString(), "-s", "reload");
    run("-p", prefix.toString(), "-s", "reopen");
    Command.await(
        "all words heard",
        () -> Stream.of("winch=1", "reload=2", "reopen=1").allMatch(answer()::contains));
    Command.kill("ALRM", jvm());
    Command.kill("IO", jvm());
    Command.kill("USR2", master());
    Path log = prefix.resolve("logs/error.log");
    Command.await("USR2 refused", () -> text(log).contains("(SIGUSR2) refused"));
    assertFalse(text(log).contains("exited on signal"), text(log));
  }

  @Test
  void signalsIgnoredByTheCaller_areHeard() throws IOException {
    String start = "trap '' HUP INT QUIT TERM; exec " + moonphase + " -p " + prefix;
    Command.run(Map.of("TMPDIR", temp.toString()), "sh", "-c", start);
    long jvm = jvm();
    Command.kill("QUIT", master());
    awaitEnd(jvm);
  }

  @Test
  void killedMaster_takesTheJvmAlong() throws IOException {
    run("-p", prefix.toString());
    long jvm = jvm();
    Command.kill("KILL", master());
    awaitEnd(jvm);
    assertFalse(Files.exists(prefix.resolve("logs/nginx.pid")));
  }

  @Test
  void killedJvm_isStartedAnew() throws IOException {
    run("-p", prefix.toString());
    long jvm = jvm();
    String port = text(prefix.resolve("logs/port"));
    Command.kill("KILL", jvm);
    Command.await("new port", () -> !text(prefix.resolve("logs/port")).equals(port));
    Command.await("serving again", () -> answer().startsWith("{}"));
    assertTrue(jvm() != jvm);
    assertTrue(
        text(prefix.resolve("logs/error.log"))
            .contains("[alert] " + master() + "#" + master() + ": worker process " + jvm));
  }

  @Test
  void daemonOff_staysInTheForeground() throws IOException {
    configure("# daemon on;\ndaemon off;");
    Process process =
        Command.start(Map.of("TMPDIR", temp.toString()), moonphase, "-p", prefix.toString());
    Command.await("pid file", () -> !text(prefix.resolve("logs/nginx.pid")).isEmpty());
    assertEquals(process.pid(), master());
    assertTrue(process.isAlive());
    long jvm = jvm();
    process.destroy();
    assertEquals(0, process.onExit().join().exitValue());
    awaitEnd(jvm);
  }

  @Test
  void signalCommand_findsPidInGlobalsAndIncludes() throws IOException {
    Files.writeString(prefix.resolve("conf/main-pid.conf"), "pid 'logs/in a file.pid';\n");
    configure("http { content_by_lua_block { local s = '}' } }\ninclude main-*.conf;");
    Result included = run("-p", prefix.toString(), "-s", "stop");
    assertEquals(unreadable("logs/in a file.pid"), included.err());
    Result global = run("-p", prefix.toString(), "-c", "conf/none", "-s", "stop");
    assertTrue(
        global.err().startsWith("nginx: [emerg] open() \"" + prefix + "/conf/none\" failed"));
    configure("events {}");
    global = run("-p", prefix.toString(), "-g", "pid logs/g.pid;", "-s", "stop");
    assertEquals(unreadable("logs/g.pid"), global.err());
  }

  @Test
  void signalCommand_saysWhatIsWrongWithThePid() throws IOException {
    Path file = prefix.resolve("logs/nginx.pid");
    assertEquals(unreadable("logs/nginx.pid"), run("-p", prefix.toString(), "-s", "quit").err());
    Files.writeString(file, "no number\n");
    assertEquals(
        "nginx: [error] invalid PID number \"no number\" in \"" + file + "\"\n",
        run("-p", prefix.toString(), "-s", "quit").err());
    Files.writeString(file, "99999999\n");
    assertEquals(
        new Result(1, "", "nginx: [alert] kill(99999999, 3) failed (3: No such process)\n"),
        run("-p", prefix.toString(), "-s", "quit"));
  }

  @Test
  void deployedJar_comesAndGoes() throws IOException {
    Path jar = home.resolve("deploy/early.jar");
    Jars.bundle("early").write(jar);
    run("-p", prefix.toString());
    assertTrue(answer().contains("early=1.0.0"));
    Jars.bundle("late").write(home.resolve("deploy/late.jar"));
    Command.await("late jar", () -> answer().contains("late=1.0.0"));
    Jars.bundle("early").header("Bundle-Version", "2.0.0").write(jar);
    Command.await("update", () -> answer().contains("early=2.0.0"));
    Files.delete(jar);
    Files.delete(home.resolve("deploy/late.jar"));
    Command.await("both gone", () -> !answer().contains("early") && !answer().contains("late"));
  }

  private String unreadable(String pid) {
    String path = prefix.resolve(pid).toString();
    return "nginx: [error] open() \"" + path + "\" failed (2: No such file or directory)\n";
  }

  private Result run(String... arguments) throws IOException {
    String[] words =
        Stream.concat(Stream.of(moonphase), Stream.of(arguments)).toArray(String[]::new);
    return Command.run(Map.of("TMPDIR", temp.toString()), words);
  }

  private void configure(String text) throws IOException {
    Files.createDirectories(prefix.resolve("conf"));
    Files.writeString(prefix.resolve("conf/nginx.conf"), text + "\n");
  }

  private long master() {
    if (master == 0) {
      master = Long.parseLong(text(prefix.resolve("logs/nginx.pid")).strip());
    }
    return master;
  }

  private long jvm() throws IOException {
    return Command.children(master()).getFirst();
  }

  private void awaitEnd(long jvm) {
    Command.await("master gone", () -> !Command.isRunning(master()));
    Command.await("JVM gone", () -> !Command.isRunning(jvm));
  }

  /** Returns what the stand-in answers, empty when it does not. */
  private String answer() {
    String port = text(prefix.resolve("logs/port"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException refused) {
      return "";
    }
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path folder) {
    try {
      return Folders.names(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
