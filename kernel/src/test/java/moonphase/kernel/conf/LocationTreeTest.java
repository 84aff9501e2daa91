package moonphase.kernel.conf;

import static moonphase.spi.Directive.directive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compares the choice of locations with nginx's. */
class LocationTreeTest {
  @TempDir Path prefix;

  @BeforeEach
  void makeFolders() throws IOException {
    Files.createDirectories(prefix.resolve("logs"));
  }

  /** A module with a directive that redirects. */
  private static final class Passing implements HttpModule {
    @Override
    public String name() {
      return "passing";
    }

    @Override
    public List<Directive<?>> directives() {
      return List.of(
          directive("pass")
              .in(Level.LOCATION)
              .args(0)
              .sets(
                  AbsentModule.Nothing.KEY,
                  (conf, args) -> {
                    args.redirectsMissingSlash();
                    return conf;
                  }));
    }
  }

  private static String text(@Nullable Block block) {
    if (block == null) {
      return "";
    }
    Optional<LocationName> name = block.location();
    if (name.isEmpty()) {
      return "";
    }
    String modifier =
        switch (name.get().kind()) {
          case EXACT -> "= ";
          case ONLY_PREFIX -> "^~ ";
          case REGEX -> "~ ";
          case PREFIX, NAMED -> "";
        };
    String outer = text(block.outer());
    return (outer.isEmpty() ? "" : outer + " > ") + modifier + name.get().text();
  }

  @TestFactory
  Stream<DynamicTest> location_is_the_one_that_nginx_chooses() throws IOException {
    String table;
    try (InputStream in = getClass().getResourceAsStream("locations.txt")) {
      table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
    int locations = table.indexOf("--- locations\n") + 14;
    int choices = table.indexOf("--- choices\n");
    LocationTree tree =
        Conf.server(prefix, table.substring(locations, choices)).readServer().locations();
    return table
        .substring(choices + 12)
        .lines()
        .map(line -> line.split("\\|", 2))
        .map(choice ->
            DynamicTest.dynamicTest(
                choice[0],
                () ->
                    assertEquals(
                        choice[1].replace("~* ", "~ "), text(tree.find(choice[0]).block()))));
  }

  @Test
  void path_without_location_is_the_servers() {
    LocationTree.Found found =
        Conf.server(prefix, "location /a { }").readServer().locations().find("/b");
    assertNull(found.block());
    assertTrue(found.matches().isEmpty());
  }

  @Test
  void expressions_on_the_way_give_their_captures_in_order() {
    LocationTree tree =
        Conf.server(prefix, "location ~ ^/(?<first>[a-z]) { location ~ ([a-z])$ { } }")
            .readServer()
            .locations();
    List<RegexMatch> matches = tree.find("/a/z").matches();
    assertEquals(2, matches.size());
    assertEquals("a", matches.get(0).captures().group(1));
    assertEquals(List.of("first"), matches.get(0).names());
    assertEquals("z", matches.get(1).captures().group(1));
  }

  @Test
  void named_location_is_found_by_name_only() {
    ServerBlock server = Conf.server(prefix, "location @a { } location / { }").readServer();
    assertEquals("@a", Objects.requireNonNull(server.named("@a")).name());
    assertNull(server.named("@b"));
    assertNull(server.locations().find("@a").block());
  }

  @Test
  void missing_slash_is_told_where_requests_are_passed_on() {
    LocationTree tree =
        Conf.server(
                prefix,
                "location /a/ { pass; } location /b/ { } location /c/ { pass; } location = /c { }"
                    + " location /d { pass; }")
            .with(new Passing())
            .readServer()
            .locations();
    assertTrue(tree.find("/a").isMissingSlash());
    assertFalse(tree.find("/a/").isMissingSlash());
    assertFalse(tree.find("/a/b").isMissingSlash());
    assertNull(tree.find("/b").block());
    assertEquals("= /c", text(tree.find("/c").block()));
    assertFalse(tree.find("/d").isMissingSlash());
  }

  @Test
  void limit_except_is_in_force_for_the_other_methods() {
    Block location =
        Objects.requireNonNull(
            Conf.server(prefix, "location / { satisfy any; limit_except GET { } }")
                .readServer()
                .locations()
                .find("/")
                .block());
    assertEquals(location, location.forMethod("GET"));
    assertEquals(location, location.forMethod("HEAD"));
    assertEquals(Level.LIMIT_EXCEPT, location.forMethod("POST").level());
    assertTrue(location.forMethod("POST").core().isSatisfyAny());
  }
}
