package moonphase.http.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({"512, 512", "32k, 32768", "1M, 1048576", "1g, -1", "'', -1", "k, -1"})
  void size_isRead(String text, long bytes) {
    assertEquals(bytes, Quantity.bytes(text));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5000",
    "5s, 5000",
    "250ms, 250",
    "1m30s, 90000",
    "1h 5m, 3900000",
    "x, -1",
    "5x, -1",
    "'', -1"
  })
  void time_isRead(String text, long millis) {
    assertEquals(millis, Quantity.millis(text));
  }
}
