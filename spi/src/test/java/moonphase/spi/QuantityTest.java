package moonphase.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "512,512",
    "8k,8192",
    "8K,8192",
    "1m,1048576",
    "2g,2147483648",
    "k,-1",
    "1kk,-1",
    "-1,-1",
    "1.5k,-1",
    "9999999999999g,-1",
    "'',-1",
    "' 1',-1"
  })
  void bytes_are_digits_and_a_unit(String text, long bytes) {
    assertEquals(bytes, Quantity.bytes(text, true));
  }

  @ParameterizedTest
  @CsvSource({"1g,-1", "1m,1048576"})
  void buffer_has_no_gigabytes(String text, long bytes) {
    assertEquals(bytes, Quantity.bytes(text, false));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0", "5,5000", "5s,5000", "68000ms,68000", "1m,60000", "1h30m,5400000", "1h 30m,5400000",
    "1d,86400000", "1w,604800000", "1s500ms,1500", "1m30,90000", "5 ,5000", "1M,-1", "1y,-1",
    "30m1h,-1", "1s1s,-1", "ms,-1", "'',-1", "1x,-1", "soon,-1", "-1,-1"
  })
  void millis_are_numbers_with_falling_units(String text, long millis) {
    assertEquals(millis, Quantity.millis(text));
  }

  @ParameterizedTest
  @CsvSource({"30,30", "1M,2592000", "1y,31536000", "5ms,-1", "1h,3600"})
  void seconds_have_months_and_no_milliseconds(String text, long seconds) {
    assertEquals(seconds, Quantity.seconds(text));
  }
}
