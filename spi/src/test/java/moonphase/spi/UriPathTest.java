package moonphase.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriPathTest {
  @ParameterizedTest
  @CsvSource({
    "/a/b?c=d#f, /a/b",
    "/a/./b, /a/b",
    "/a/../b, /b",
    "/a/.., /",
    "/a/b/.., /a/",
    "/a//b, /a/b",
    "/a%2fb%20c, /a/b c",
    "/%2e%2e/a, REFUSED",
    "/a/%2e%2e/%2E%2e/b, REFUSED",
    "/.., REFUSED",
    "/a%0, REFUSED",
    "/a%zz, REFUSED",
    "/a%00b, REFUSED",
    "/.a/..b/c., /.a/..b/c.",
    "a, REFUSED",
  })
  void parse_target_isDecodedAndNormalised(String target, String path) {
    assertEquals(path, UriPath.parse(target, true).map(UriPath::path).orElse("REFUSED"));
  }

  @ParameterizedTest
  @CsvSource({"/a//b, /a//b", "/a//../b, /a/b", "//a, //a"})
  void parse_unmerged_keepsDoubleSlashes(String target, String path) {
    assertEquals(Optional.of(path), UriPath.parse(target, false).map(UriPath::path));
  }
}
