package moonphase.http.gzip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptEncodingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "gzip, deflate|true",
        "deflate,GZIP|true",
        "deflate, gzip;q=0.5|true",
        "gzip ; q=1.000|true",
        "gzip;q=0.001, identity|true",
        "gzip;q=0|false",
        "gzip;q=0.000|false",
        "gzip;q=2|false",
        "gzip;q=1.5|false",
        "gzip;q=0.0001|false",
        "gzip;q=x|false",
        "gzip;x|false",
        "gzip;|true",
        "xgzip|false",
        "xgzip, gzip|true",
        "gzipx|false",
        "br|false",
      })
  void gzip_is_taken_if_it_is_named_and_weighs_something(String field, boolean isTaken) {
    assertEquals(isTaken, AcceptEncoding.takesGzip(field));
  }
}
