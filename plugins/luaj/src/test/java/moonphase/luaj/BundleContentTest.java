package moonphase.luaj;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaValue;

class BundleContentTest {
  @Test
  void bundle_holdsTheValuesTheCompilerTheLibrariesAndNothingElse()
      throws IOException, URISyntaxException {
    Path root = Path.of(LuaValue.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      Set<String> packages =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
              .collect(Collectors.toSet());
      assertEquals(
          Set.of(
              "org.luaj.vm2",
              "org.luaj.vm2.compiler",
              "org.luaj.vm2.lib",
              "moonphase.luaj",
              "moonphase.luaj.lib"),
          packages);
    }
  }
}
