package moonphase.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What nginx says of a broken configuration, the assembled server says too: text, file, line. */
class BrokenConfigurationsIT {
  private static final String CASES = "/broken-configurations.txt";
  private static final String PART =
      "server {\n    listen 127.0.0.1:8080;\n    lisen 127.0.0.1:8081;\n}\n";

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> configuration_isRefusedInNginxsWords() throws IOException {
    try (InputStream cases =
        Objects.requireNonNull(BrokenConfigurationsIT.class.getResourceAsStream(CASES))) {
      String text = new String(cases.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split("\n=== ", -1)).skip(1).map(this::test).toList().stream();
    }
  }

  private DynamicTest test(String text) {
    String title = text.lines().findFirst().orElseThrow();
    String config = between(text, "--- config\n", "--- error\n");
    String error = between(text, "--- error\n", "\n");
    return DynamicTest.dynamicTest(title, () -> check(config, error));
  }

  private void check(String config, String error) throws IOException {
    Path prefix = Files.createTempDirectory(folder, "prefix");
    Files.createDirectories(prefix.resolve("conf"));
    Files.createDirectories(prefix.resolve("logs"));
    Files.writeString(prefix.resolve("conf/nginx.conf"), config);
    Files.writeString(prefix.resolve("conf/part.conf"), PART);
    String command = Folders.DISTRIBUTION.resolve("bin/moonphase").toString();
    Command.Result result = Command.run(command, "-t", "-p", prefix.toString());
    String said = result.err().replace(prefix + "/", "");
    assertEquals(error, said.lines().findFirst().orElse(""));
    assertEquals(1, result.status());
    String logged = Files.readString(prefix.resolve("logs/error.log")).replace(prefix + "/", "");
    assertTrue(logged.contains(error.substring("nginx: [emerg] ".length())), logged);
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }
}
