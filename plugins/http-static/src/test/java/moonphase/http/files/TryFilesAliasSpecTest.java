package moonphase.http.files;

import java.util.stream.Stream;
import moonphase.regex.pcre2.Pcre2Engine;
import moonphase.testkit.Spec;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** {@code try_files} in a location by expression with {@code alias}; the answers are nginx's. */
class TryFilesAliasSpecTest {
  private static final Spec SPEC =
      Spec.with(
          new StaticModule(),
          new StaticHandler(),
          new IndexModule(),
          new IndexHandler(),
          new TryFilesModule(),
          new TryFilesHandler(),
          new Pcre2Engine());

  private static final String FILES =
      """
      --- user_files
      >>> real/a.txt
      a
      >>> real/sub/b.txt
      b
      --- config
      location /on/ { alias $TEST_NGINX_HTML_DIR/real/; }
      location ~ ^/re/(.*)$ {
        alias $TEST_NGINX_HTML_DIR/real/$1; try_files "" .txt /b.txt =404;
      }
      location ~ ^/dir/(.*)$ {
        alias $TEST_NGINX_HTML_DIR/real/$1; try_files / /none =404; index index.html;
      }
      location ~ ^/fb/(.*)$ {
        alias $TEST_NGINX_HTML_DIR/real/$1; try_files $uri /on/a.txt;
      }
      """;

  @TestFactory
  Stream<DynamicTest> answers() {
    String[][] expected = {
      {"/re/a.txt", "200", "a\n"},
      {"/re/a", "200", "a\n"},
      {"/re/sub", "200", "b\n"},
      {"/re/none", "404", ""},
      {"/dir/sub", "301", ""},
      {"/dir/none", "404", ""},
      {"/fb/zzz", "200", "a\n"},
      {"/fb/a.txt", "200", "a\n"},
    };
    return Stream.of(expected)
        .flatMap(row ->
            SPEC.cases(
                "=== %s is %s\n%s--- request\nGET %s\n--- error_code: %s\n%s--- error_log_like\n.*\n"
                    .formatted(
                        row[0],
                        row[1],
                        FILES,
                        row[0],
                        row[1],
                        row[2].isEmpty() ? "" : "--- response_body\n" + row[2])));
  }
}
