package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import moonphase.dist.Command.Result;
import moonphase.dist.osgi.Client;

/** A copy of the distribution with a folder deploy/ of its own, and a prefix that it serves. */
final class Installation implements AutoCloseable {
  private final Path home;
  private final Path prefix;
  private final Client client;
  private final Map<String, String> environment;

  /**
   * Copies the distribution into {@code folder}; nothing runs yet.
   *
   * @param flags for the server's JVM
   */
  Installation(Path folder, String... flags) throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    prefix = folder.resolve("prefix");
    client = new Client(prefix.resolve("socket"));
    environment = Map.of("MOONPHASE_JAVA_OPTS", String.join(" ", flags));
    for (String name : new String[] {"bin", "lib", "conf", "bundles"}) {
      Folders.copy(Folders.DISTRIBUTION.resolve(name), home.resolve(name));
    }
    Files.createDirectories(home.resolve("deploy"));
    Files.createDirectories(prefix.resolve("conf"));
    Files.createDirectories(prefix.resolve("logs"));
  }

  Path deploy() {
    return home.resolve("deploy");
  }

  Path prefix() {
    return prefix;
  }

  /** Writes a configuration: {@code main} on its level main, {@code http} in its block http. */
  void configure(String main, String http, String locations) throws IOException {
    Files.writeString(
        prefix.resolve("conf/nginx.conf"),
        """
        error_log logs/error.log info;
        %s
        events { }
        http {
            access_log off;
            %s
            server {
                listen unix:%s;
                %s
            }
        }
        """
            .formatted(main, http, client.socket(), locations));
  }

  /** Runs the command with arguments of its own. */
  Result command(String... arguments) throws IOException {
    String[] words =
        Stream.concat(Stream.of(home.resolve("bin/moonphase").toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return Command.run(environment, words);
  }

  /** Runs the command for the prefix. */
  Result serve(String... arguments) throws IOException {
    String[] words =
        Stream.concat(Stream.of("-p", prefix.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return command(words);
  }

  /** Starts the server. */
  void start() throws IOException {
    assertEquals(new Result(0, "", ""), serve());
  }

  /** Asks for {@code target}; an answer that did not come is told as text. */
  String get(String target) {
    try {
      return client.get(target);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Asks for {@code target} and returns the body; empty if no answer came. */
  String body(String target) {
    String answer = get(target);
    return answer.startsWith("HTTP/") ? Client.body(answer) : "";
  }

  Client client() {
    return client;
  }

  /** What the error log holds. */
  String log() throws IOException {
    return Files.readString(prefix.resolve("logs/error.log"));
  }

  @Override
  public void close() throws IOException {
    Path pidFile = prefix.resolve("logs/nginx.pid");
    if (Files.exists(pidFile)) {
      long master = Long.parseLong(Files.readString(pidFile).strip());
      Command.kill("TERM", master);
      Command.await("end", () -> !Command.isRunning(master));
    }
  }
}
