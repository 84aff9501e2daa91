package moonphase.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import moonphase.dist.osgi.Client;

/** A folder that a server of the distribution runs in; the server ends with it. */
final class Prefix implements AutoCloseable {
  private static final String MOONPHASE = Folders.DISTRIBUTION.resolve("bin/moonphase").toString();

  private final Path folder;

  /** Readable by whoever the server becomes. */
  Prefix(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("logs"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Writes a file; %SOCKET% and %PREFIX% are filled in. */
  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        text.replace("%SOCKET%", "unix:" + folder.resolve("socket"))
            .replace("%PREFIX%", folder.toString()),
        StandardCharsets.ISO_8859_1);
  }

  /** Runs the command. */
  Command.Result run(String... arguments) throws IOException {
    return Command.run(
        Stream.concat(Stream.of(MOONPHASE, "-p", folder.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  Client client() {
    return new Client(folder.resolve("socket"));
  }

  Client client(String socket) {
    return new Client(folder.resolve(socket));
  }

  @Override
  public void close() throws IOException {
    Path pidFile = folder.resolve("logs/nginx.pid");
    if (Files.exists(pidFile)) {
      long master = Long.parseLong(Files.readString(pidFile).strip());
      Command.kill("TERM", master);
      Command.await("end", () -> !Command.isRunning(master));
    }
  }
}
