package moonphase.transport.netty.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import moonphase.testkit.SpecCase;
import org.junit.jupiter.api.DynamicTest;

/**
 * Cases of bytes sent and bytes received, whose expectations are what nginx 1.22.1 does. Sections:
 * {@code events}, {@code http_config}, {@code server_config}, {@code config}; {@code send}, in
 * which {@code \r \n \t \0 \\ \xHH} are bytes, {@code {N*text}} is a repetition and line ends are
 * nothing; {@code answer}, see {@link Answers}; {@code error_log}: texts.
 */
final class WireSpec {
  private static final String FRAME =
      """
      worker_processes 1;
      error_log logs/error.log info;
      events { %s }
      http {
        default_type text/plain;
        access_log off;
        client_header_timeout 400ms;
        client_body_timeout 400ms;
        keepalive_timeout 400ms;
        lingering_timeout 400ms;
        %s
        server {
          listen 127.0.0.1:%%PORT%%;
          %s
          %s
        }
      }
      """;

  private static final String ECHO =
      """
      location / {
        echo_read_request_body;
        echo -n "$request_method $request_uri ";
        echo_request_body;
      }
      """;

  private WireSpec() {}

  /** A test for each case of a file beside this class. */
  static Stream<DynamicTest> file(String name) {
    String text;
    try (InputStream in = Objects.requireNonNull(WireSpec.class.getResourceAsStream(name), name)) {
      text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SpecCase.parse(text).stream()
        .map(spec -> DynamicTest.dynamicTest(spec.title(), () -> run(spec)));
  }

  private static void run(SpecCase spec) throws IOException {
    Map<String, String> sections = spec.sections();
    String configuration =
        FRAME.formatted(
            sections.getOrDefault("events", ""),
            sections.getOrDefault("http_config", ""),
            sections.getOrDefault("server_config", ""),
            sections.getOrDefault("config", ECHO));
    Path folder = Files.createTempDirectory("wire");
    try (Site site = Sites.start(folder, configuration)) {
      List<String> answer = Answers.to(site.port(), bytes(sections.getOrDefault("send", "")));
      assertEquals(
          sections.getOrDefault("answer", "").strip(),
          String.join("\n", answer).replace(":" + site.port(), ":%PORT%").strip());
      List<String> texts =
          sections.getOrDefault("error_log", "").lines().filter(line -> !line.isBlank()).toList();
      List<String> missing = site.awaitErrors(texts);
      assertEquals(List.of(), missing, site.errorLog());
    } finally {
      delete(folder);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** The bytes that a text stands for. */
  static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String flat = text.replace("\n", "");
    int i = 0;
    while (i < flat.length()) {
      char c = flat.charAt(i);
      if (c == '{' && flat.substring(i).matches("(?s)\\{\\d+\\*.*")) {
        int star = flat.indexOf('*', i);
        int end = flat.indexOf('}', i);
        byte[] part = bytes(flat.substring(star + 1, end));
        for (int n = Integer.parseInt(flat.substring(i + 1, star)); n > 0; n--) {
          bytes.writeBytes(part);
        }
        i = end + 1;
      } else if (c == '\\') {
        char kind = flat.charAt(i + 1);
        bytes.write(
            switch (kind) {
              case 'r' -> '\r';
              case 'n' -> '\n';
              case 't' -> '\t';
              case '0' -> 0;
              case 'x' -> Integer.parseInt(flat.substring(i + 2, i + 4), 16);
              default -> kind;
            });
        i += kind == 'x' ? 4 : 2;
      } else {
        bytes.write(c);
        i++;
      }
    }
    return bytes.toByteArray();
  }
}
