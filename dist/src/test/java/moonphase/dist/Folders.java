package moonphase.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies and lists folders. */
final class Folders {
  /** The distribution as the build assembled it. */
  static final Path DISTRIBUTION = Path.of("target/moonphase").toAbsolutePath();

  private Folders() {}

  /** Copies {@code from} with its content to {@code to}, keeping modes and times. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path));
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  /** Returns the names in {@code folder}, sorted. */
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  /** Returns the regular files below {@code folder} whose names end so, sorted. */
  static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(end)).sorted().toList();
    }
  }
}
