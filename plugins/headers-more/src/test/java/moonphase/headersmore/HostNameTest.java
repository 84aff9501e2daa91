package moonphase.headersmore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
  @ParameterizedTest
  @CsvSource({
    "Example.COM, example.com",
    "example.com:8080, example.com",
    "example.com., example.com",
    "[::1]:80, [::1]",
    "'', ''",
  })
  void field_isReducedToTheName(String field, String name) {
    assertEquals(name, HostName.of(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "a/b", ".", "a\0b"})
  void malformedField_isRefused(String field) {
    assertNull(HostName.of(field));
  }
}
