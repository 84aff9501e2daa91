package moonphase.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server's folder for one case: conf, html and logs. Deleted on close. */
final class Prefix implements AutoCloseable {
  private final Path folder;
  private long read;

  Prefix(SpecCase spec) throws IOException {
    folder = Files.createTempDirectory("moonphase-spec");
    for (String name : List.of("conf", "html", "logs")) {
      Files.createDirectory(folder.resolve(name));
    }
    write("html/index.html", "<html><body>It works!</body></html>\n");
    String files = spec.get("user_files");
    for (String file : files.split("(?m)^>>> ", -1)) {
      int end = file.indexOf('\n');
      if (end > 0) {
        // a second word is a date, as Test::Nginx has it; nothing here depends on it
        write("html/" + file.substring(0, end).strip().split(" ")[0], file.substring(end + 1));
      }
    }
    write("conf/nginx.conf", configuration(spec));
  }

  private String configuration(SpecCase spec) {
    String root = folder.toString();
    return """
    error_log %1$s/logs/error.log %5$s;
    %2$s
    http {
      default_type text/plain;
      %3$s
      server {
        listen 1984;
        server_name localhost;
    %4$s
        location / { root %1$s/html; }
      }
    }
    events { worker_connections 64; }
    """
        .formatted(
            root,
            fill(spec.get("main_config")),
            fill(spec.get("http_config")),
            fill(spec.get("config")),
            spec.has("log_level") ? spec.get("log_level").strip() : "debug");
  }

  private String fill(String text) {
    return text.replace("$TEST_NGINX_SERVER_ROOT", folder.toString())
        .replace("$TEST_NGINX_HTML_DIR", folder.resolve("html").toString())
        .replace("$ServerRoot", folder.toString());
  }

  private void write(String name, String latin1) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, latin1, StandardCharsets.ISO_8859_1);
  }

  Path folder() {
    return folder;
  }

  String confFile() {
    return folder.resolve("conf/nginx.conf").toString();
  }

  String errorLog() {
    return folder.resolve("logs/error.log").toString();
  }

  /** The lines of the error log that were written since the last call. */
  List<String> newLines() throws IOException {
    Path log = Path.of(errorLog());
    if (!Files.exists(log)) {
      return List.of();
    }
    String all = Files.readString(log, StandardCharsets.ISO_8859_1);
    String fresh = all.substring((int) read);
    read = all.length();
    return fresh.lines().toList();
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
