package moonphase.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
  private static final long SECONDS = 784111777;

  @Test
  void time_isWrittenInTheUsualForm() {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.format(SECONDS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
      })
  void time_isReadInEachForm(String text) {
    assertEquals(SECONDS, HttpDate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 ovD 1994 08:49:37 GMT"})
  void otherText_isNoTime(String text) {
    assertEquals(-1, HttpDate.parse(text));
  }
}
