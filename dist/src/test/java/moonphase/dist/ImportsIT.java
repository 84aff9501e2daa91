package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Holds every bundle of ours to the floors: what it may import, and what it may export. The kernel
 * and nginx's modules know nothing of Lua, nobody knows the kernel.
 */
class ImportsIT {
  private static final String ANYBODY =
      "java\\..*|jdk\\.jfr|javax\\.crypto.*|javax\\.net\\.ssl|javax\\.security\\..*|org\\.slf4j";
  private static final String SPI = "moonphase\\.spi";
  private static final String LUA = "moonphase\\.lua";
  private static final String VALUES = "org\\.luaj\\.vm2.*";
  private static final String OSGI = "org\\.osgi\\..*";
  private static final String NETTY = "io\\.netty\\..*";
  private static final String NOTHING = "";

  /** A row: bundles by name, what they export, what they may import of ours and of others. */
  private record Row(String bundles, String exports, String... imports) {}

  private static final List<Row> TABLE =
      List.of(
          new Row("moonphase\\.spi", SPI),
          new Row("moonphase\\.kernel", NOTHING, SPI, OSGI),
          new Row(
              "moonphase\\.luaj",
              VALUES + "|moonphase\\.luaj.*",
              "jdk\\.internal\\.vm",
              "com\\.sun\\.management",
              VALUES),
          new Row(
              "moonphase\\.lua",
              LUA,
              SPI,
              "moonphase\\.luaj.*",
              VALUES,
              OSGI,
              "jdk\\.internal\\.vm"),
          new Row("moonphase\\.transport\\.netty", NOTHING, SPI, NETTY, OSGI),
          new Row("moonphase\\.regex\\..*", NOTHING, SPI),
          new Row("moonphase\\.(http\\..*|echo|headers-more)", NOTHING, SPI),
          new Row("moonphase\\.phase\\..*", NOTHING, SPI, LUA),
          new Row("moonphase\\.(ngx|shdict)", NOTHING, SPI, LUA, VALUES),
          new Row("moonphase\\.preload\\..*", NOTHING, LUA, VALUES));

  /** A clause of a header: names, then parameters that may hold quoted commas. */
  private static final Pattern CLAUSE = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");

  @Test
  void everyBundle_keepsToItsFloor() throws IOException {
    List<String> faults = new ArrayList<>();
    Set<String> bundles = new TreeSet<>();
    for (Path jar : Folders.files(Folders.DISTRIBUTION.resolve("bundles"), ".jar")) {
      try (JarFile file = new JarFile(jar.toFile())) {
        var headers = file.getManifest().getMainAttributes();
        String name = String.valueOf(headers.getValue("Bundle-SymbolicName"));
        if (name.startsWith("moonphase.")) {
          bundles.add(name);
          check(
              name, headers.getValue("Import-Package"), headers.getValue("Export-Package"), faults);
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(bundles.containsAll(Set.of("moonphase.spi", "moonphase.kernel", "moonphase.lua")));
  }

  private static void check(
      String name, @Nullable String imports, @Nullable String exports, List<String> faults) {
    Row row =
        TABLE.stream()
            .filter(candidate -> name.matches(candidate.bundles))
            .findFirst()
            .orElse(null);
    if (row == null) {
      faults.add(name + " has no row in the table");
      return;
    }
    packages(exports)
        .filter(exported -> !exported.matches(row.exports))
        .forEach(exported -> faults.add(name + " exports " + exported));
    String allowed = String.join("|", row.imports) + "|" + ANYBODY + "|" + row.exports;
    packages(imports)
        .filter(imported -> !imported.matches(allowed))
        .forEach(imported -> faults.add(name + " imports " + imported));
  }

  private static Stream<String> packages(@Nullable String header) {
    Matcher clauses = CLAUSE.matcher(header == null ? "" : header);
    return clauses
        .results()
        .flatMap(clause -> Stream.of(clause.group().split(";")))
        .map(String::strip)
        .filter(part -> !part.isEmpty() && !part.contains("="));
  }
}
