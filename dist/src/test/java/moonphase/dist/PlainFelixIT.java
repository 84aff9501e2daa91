package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import moonphase.dist.osgi.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution's bundles in the auto-deploy folder of Felix's own main distribution, without
 * our launcher; SLF4J comes from Pax Logging there. The build copies both jars to
 * target/containers.
 */
class PlainFelixIT {
  private static final Path CONTAINERS = Path.of("target/containers").toAbsolutePath();
  private static final String SLOW = "lua threads run on virtual threads, which is slow";

  @TempDir Path folder;
  private Path prefix;
  private Client client;
  private Process felix;

  @BeforeEach
  void fill() throws IOException {
    prefix = folder.resolve("prefix");
    client = new Client(folder.resolve("socket"));
    Folders.copy(Folders.DISTRIBUTION.resolve("examples/hello"), prefix);
    configure("127.0.0.1:8080", "unix:" + client.socket());
    Path bundles = Files.createDirectories(folder.resolve("bundle"));
    for (Path jar : Folders.files(Folders.DISTRIBUTION.resolve("bundles"), ".jar")) {
      if (!jar.getParent().endsWith("90-shell")) {
        Files.copy(jar, bundles.resolve(jar.getFileName()));
      }
    }
    String logging = "pax-logging-api.jar";
    Files.copy(CONTAINERS.resolve(logging), bundles.resolve(logging));
  }

  @AfterEach
  void end() throws InterruptedException {
    felix.destroy();
    assertTrue(felix.waitFor(60, TimeUnit.SECONDS), "the framework stops");
  }

  private void configure(String word, String other) throws IOException {
    Path conf = prefix.resolve("conf/nginx.conf");
    Files.writeString(conf, Files.readString(conf).replace(word, other));
  }

  private void start(String packages, String... flags) throws IOException {
    Files.writeString(
        folder.resolve("config.properties"),
        """
        felix.auto.deploy.dir=%1$s/bundle
        felix.auto.deploy.action=install,start
        org.osgi.framework.storage=%1$s/cache
        org.osgi.framework.system.packages.extra=%2$s
        moonphase.prefix=%1$s/prefix
        """
            .formatted(folder, packages));
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    words.addAll(List.of(flags));
    words.add("-XX:+UseSerialGC");
    words.add("-Dorg.ops4j.pax.logging.DefaultServiceLog.level=ERROR");
    words.add("-Dfelix.config.properties=" + folder.resolve("config.properties").toUri());
    words.addAll(List.of("-jar", CONTAINERS.resolve("org.apache.felix.main.jar").toString()));
    felix =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
  }

  @Test
  void helloExample_isServed() throws IOException {
    start("jdk.internal.vm", "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
    Command.await("server", () -> client.page("/de/anna").endsWith("\r\n\r\nHallo, anna!\n"));
    assertTrue(client.page("/secret").startsWith("HTTP/1.1 403 Forbidden\r\n"));
    assertFalse(read("prefix/logs/error.log").contains(SLOW));
  }

  @Test
  void withoutContinuations_luaIsServedAndTheLogSaysSoOnce() throws IOException {
    configure("worker_processes  1;", "worker_processes 2;");
    start("");
    Command.await("server", () -> client.page("/de/anna").endsWith("\r\n\r\nHallo, anna!\n"));
    assertTrue(client.page("/visits").contains("visits before this one"));
    String log = read("prefix/logs/error.log");
    assertEquals(2, log.split(SLOW, -1).length, log);
  }

  @Test
  void badConfiguration_isToldAndTheContainerGoesOn() throws IOException {
    configure("events {", "evnts {");
    start("jdk.internal.vm", "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
    String why = "unknown directive \"evnts\" in " + prefix + "/conf/nginx.conf:";
    Command.await("reason", () -> read("output").contains("[emerg] " + why));
    assertTrue(read("prefix/logs/error.log").contains(why));
    assertTrue(felix.isAlive());
    assertFalse(Files.exists(client.socket()));
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
