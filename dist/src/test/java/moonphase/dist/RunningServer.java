package moonphase.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import moonphase.dist.Command.Result;
import moonphase.dist.osgi.Client;

/** A server started by the distribution's command in a folder of its own, on a Unix socket. */
final class RunningServer implements AutoCloseable {
  private static final String MOONPHASE = Folders.DISTRIBUTION.resolve("bin/moonphase").toString();

  private final Path prefix;
  private final Client client;

  /** A server that is not yet started. */
  RunningServer(Path prefix) throws IOException {
    this.prefix = prefix;
    this.client = new Client(prefix.resolve("socket"));
    Files.createDirectories(prefix.resolve("conf"));
    Files.createDirectories(prefix.resolve("logs"));
    Files.createDirectories(prefix.resolve("html"));
  }

  Path prefix() {
    return prefix;
  }

  Client client() {
    return client;
  }

  /**
   * Writes nginx.conf.
   *
   * @param main directives of the level main
   * @param http directives of the level http; {@code LISTEN} stands for the socket
   */
  void configure(String main, String http) throws IOException {
    Files.writeString(
        prefix.resolve("conf/nginx.conf"),
        (main + "\nevents { }\nhttp {\n" + http + "\n}\n")
            .replace("LISTEN", "listen unix:" + client.socket() + ";"));
  }

  /** Runs the command on this folder. */
  Result run(String... arguments) throws IOException {
    String[] words =
        Stream.concat(Stream.of(MOONPHASE, "-p", prefix.toString()), Stream.of(arguments))
            .toArray(String[]::new);
    return Command.run(Map.of(), words);
  }

  /** Starts; whoever calls looks at the result. */
  Result start() throws IOException {
    return run();
  }

  /** Reads the configuration anew and waits until {@code target} answers with {@code expected}. */
  void reload(String target, String expected) throws IOException {
    Command.kill("HUP", master());
    Command.await(expected + " at " + target, () -> get(target).endsWith(expected));
  }

  /** Asks on a connection of its own; a failure is text as well. */
  String get(String target) {
    try {
      return client.get(target);
    } catch (IOException e) {
      return e.toString();
    }
  }

  long master() throws IOException {
    return Long.parseLong(Files.readString(prefix.resolve("logs/nginx.pid")).strip());
  }

  /** The process that serves. */
  long jvm() throws IOException {
    return Command.children(master()).getFirst();
  }

  String errorLog() {
    return text("logs/error.log");
  }

  /** A file's text; empty if it is not there. */
  String text(String file) {
    try {
      Path path = prefix.resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }

  List<String> lines(String file) {
    return text(file).lines().toList();
  }

  /** Sends a signal that ends the server, and waits for its end. */
  void end(String signal) throws IOException {
    long master = master();
    Command.kill(signal, master);
    Command.await("end after " + signal, () -> !Command.isRunning(master));
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(prefix.resolve("logs/nginx.pid"))) {
      end("TERM");
    }
  }
}
