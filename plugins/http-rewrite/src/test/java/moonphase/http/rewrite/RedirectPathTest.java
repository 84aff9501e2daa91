package moonphase.http.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectPathTest {
  @ParameterizedTest
  @CsvSource({
    "/a%2Fb, /a/b",
    "/a%20b, /a%20b",
    "/a%25b, /a%25b",
    "/a%C3%A4, /a%C3%A4",
    "/a%2Fb?c=%2Fd, /a/b?c=%2Fd",
    "/a%, /a",
    "/a%2, /a",
    "/a%zb, /azb",
    "/plain, /plain",
  })
  void escape_isDecodedWhereItIsNotNeeded(String text, String unescaped) {
    assertEquals(unescaped, RedirectPath.unescape(text));
  }
}
