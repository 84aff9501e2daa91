package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import moonphase.dist.osgi.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The distribution as a feature of Karaf, as docs/containers.md says. The build unpacks Karaf's
 * minimal distribution to target/containers.
 */
class KarafIT {
  private static final Path KARAF =
      Path.of("target/containers/apache-karaf-minimal-4.4.8").toAbsolutePath();

  @TempDir Path folder;
  private Path karaf;
  private Client client;
  private Process script;

  @BeforeEach
  void install() throws IOException {
    karaf = folder.resolve("karaf");
    Path prefix = folder.resolve("prefix");
    client = new Client(folder.resolve("socket"));
    Folders.copy(KARAF, karaf);
    Folders.copy(Folders.DISTRIBUTION.resolve("examples/hello"), prefix);
    replace(prefix.resolve("conf/nginx.conf"), "127.0.0.1:8080", "unix:" + client.socket());
    String documented = Files.readString(Folders.DISTRIBUTION.resolve("docs/containers.md"));
    int begin = documented.indexOf("    jre-25 =");
    String properties =
        documented.substring(begin, documented.indexOf("    moonphase.prefix", begin));
    Files.writeString(
        karaf.resolve("etc/custom.properties"),
        properties.indent(-4) + "moonphase.prefix = " + prefix + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Command.Result features =
        Command.run(Folders.DISTRIBUTION.resolve("bin/moonphase").toString(), "features");
    assertEquals(0, features.status(), features.err());
    Files.writeString(karaf.resolve("etc/moonphase.xml"), features.out());
    Path boot = karaf.resolve("etc/org.apache.karaf.features.cfg");
    replace(
        boot,
        "featuresRepositories = \\",
        "featuresRepositories = \\\n    file:" + karaf.resolve("etc/moonphase.xml") + ", \\");
    replace(boot, "    ssh/4.4.8, \\\n", ""); // no port that other tests might take
    replace(boot, "featuresBoot = \\", "featuresBoot = \\\n    moonphase, \\");
  }

  private static void replace(Path file, String words, String others) throws IOException {
    String text = Files.readString(file);
    assertTrue(text.contains(words), file + " has " + words);
    Files.writeString(file, text.replace(words, others));
  }

  @AfterEach
  void end() throws InterruptedException {
    List<ProcessHandle> all = script.descendants().toList();
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle one : all) {
      Command.await("end of Karaf", () -> !one.isAlive());
    }
    assertTrue(script.waitFor(60, TimeUnit.SECONDS), "the script ends");
  }

  @Test
  void helloExample_isServed() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(karaf.resolve("bin/karaf").toString(), "server");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JAVA_OPTS", "--add-exports java.base/jdk.internal.vm=ALL-UNNAMED");
    script =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("output").toFile()).start();
    Command.await("server", () -> client.page("/de/anna").endsWith("\r\n\r\nHallo, anna!\n"));
    assertTrue(client.page("/secret").startsWith("HTTP/1.1 403 Forbidden\r\n"));
    assertTrue(client.page("/visits").contains("visits before this one"));
    String log = Files.readString(folder.resolve("prefix/logs/error.log"));
    assertFalse(log.contains("virtual threads"), log);
  }
}
