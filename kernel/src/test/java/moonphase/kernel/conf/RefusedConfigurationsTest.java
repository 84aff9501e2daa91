package moonphase.kernel.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import moonphase.spi.ConfException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compares what is said about configurations that are refused with what nginx says. */
class RefusedConfigurationsTest {
  private static final int LEAST = 120;

  @TempDir Path prefix = Path.of("");

  @TestFactory
  Stream<DynamicTest> refused_configuration_is_named_in_nginx_words() throws IOException {
    String[] cases;
    try (InputStream in = getClass().getResourceAsStream("refused.txt")) {
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.ISO_8859_1);
      cases = text.substring(text.indexOf("=== ") + 4).split("\n=== ");
    }
    assertTrue(cases.length >= LEAST, "only " + cases.length + " cases were found");
    return Stream.of(cases).map(this::test);
  }

  private DynamicTest test(String text) {
    int config = text.indexOf("\n--- config\n");
    int error = text.indexOf("\n--- error\n");
    String title = text.substring(0, config);
    return DynamicTest.dynamicTest(
        title,
        () -> {
          Files.createDirectories(prefix.resolve("logs"));
          Conf conf =
              Conf.of(prefix, text.substring(config + 12, error + 1))
                  .with("conf/part.conf", "server {\n  listen 127.0.0.1:8080;\n  lisen 8081;\n}\n")
                  .with("conf/brace.conf", "msie_refresh on;\n}\n")
                  .with("conf/open.conf", "server {\n    root html;\n");
          String message =
              String.valueOf(assertThrows(ConfException.class, conf::read).getMessage());
          assertEquals(text.substring(error + 11).strip(), message.replace(prefix + "/", ""));
        });
  }
}
