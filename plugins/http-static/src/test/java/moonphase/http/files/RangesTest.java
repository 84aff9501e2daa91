package moonphase.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import moonphase.spi.Headers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  @ParameterizedTest
  @CsvSource({
    "0-4, bytes 0-4/10",
    "5-, bytes 5-9/10",
    "-3, bytes 7-9/10",
    "-30, bytes 0-9/10",
    "8-30, bytes 8-9/10",
    "' 1 - 2 ', bytes 1-2/10",
    "'20-30,1-2', bytes 1-2/10",
    "'5-3,1-2', bytes 1-2/10",
  })
  void singleRange_isDescribed(String list, String described) {
    Headers headers = new Headers();
    Ranges.parse(list, 10, Integer.MAX_VALUE, 1).orElseThrow().describe(headers);
    assertEquals(described, headers.get("Content-Range"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "a-b", "1", "10-", "10-20", "-0", "5-3", "1-2,", "1-2x", "1--2"})
  void nothingToServe_isAbsent(String list) {
    assertEquals(Optional.empty(), Ranges.parse(list, 10, Integer.MAX_VALUE, 1));
  }

  @ParameterizedTest
  @CsvSource({"'0-9,0-9', 9", "'0-1,3-4,6-7', 2", "0-, 9"})
  void tooMuch_isTheWholeFile(String list, int max) {
    long size = list.equals("0-") ? 0 : 10;
    assertTrue(Ranges.parse(list, size, max, 1).orElseThrow().isWhole());
  }

  @ParameterizedTest
  @ValueSource(strings = "0-1,3-4")
  void severalRanges_areCountedWithTheirHeads(String list) {
    Headers headers = new Headers();
    headers.set("Content-Type", "text/plain");
    Ranges.parse(list, 10, 5, 7).orElseThrow().describe(headers);
    assertEquals(
        "multipart/byteranges; boundary=00000000000000000007", headers.get("Content-Type"));
    int head =
        "\r\n--00000000000000000007\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n"
            .length();
    int end = "\r\n--00000000000000000007--\r\n".length();
    assertEquals(Integer.toString(2 * (head + 2) + end), headers.get("Content-Length"));
  }
}
