package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds every source of the repository to one format. {@code mvn test -pl dist -am -Dformat=true}
 * rewrites what differs.
 */
class FormatTest {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  @Test
  void everySource_isFormatted() throws IOException {
    List<String> sources = sources();
    assertFalse(sources.isEmpty());
    List<String> arguments = new ArrayList<>(sources);
    arguments.addFirst(Boolean.getBoolean("format") ? "--replace" : "--dry-run");
    StringWriter unformatted = new StringWriter();
    ToolProvider formatter = ToolProvider.findFirst("google-java-format").orElseThrow();
    try (PrintWriter out = new PrintWriter(unformatted)) {
      formatter.run(out, out, arguments.toArray(String[]::new));
    }
    assertEquals("", unformatted.toString(), "not formatted (-Dformat=true rewrites)");
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(REPOSITORY)) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("/target/"))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }
}
