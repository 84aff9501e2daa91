package moonphase.http.log;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times inside parameters, as nginx reads them; -1 for what is none. */
final class Quantity {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kKmM]?)");
  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|[yMwdhms]?)\\s*");
  private static final Map<String, Long> MILLIS =
      Map.of(
          "y",
          31_536_000_000L,
          "M",
          2_592_000_000L,
          "w",
          604_800_000L,
          "d",
          86_400_000L,
          "h",
          3_600_000L,
          "m",
          60_000L,
          "s",
          1000L,
          "",
          1000L,
          "ms",
          1L);

  private Quantity() {}

  /** A size in bytes, such as {@code 32k}. */
  static long bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return -1;
    }
    int shift = size.group(2).isEmpty() ? 0 : size.group(2).equalsIgnoreCase("k") ? 10 : 20;
    return Long.parseLong(size.group(1)) << shift;
  }

  /** A time in milliseconds, such as {@code 1m30s}; a bare number counts seconds. */
  static long millis(String text) {
    Matcher time = TIME.matcher(text);
    long total = text.isEmpty() ? -1 : 0;
    int end = 0;
    while (end < text.length()) {
      if (!time.find(end) || time.start() != end) {
        return -1;
      }
      total += Long.parseLong(time.group(1)) * MILLIS.getOrDefault(time.group(2), 0L);
      end = time.end();
    }
    return total;
  }

  /** A time in whole seconds. */
  static long seconds(String text) {
    return text.endsWith("ms") ? -1 : millis(text) < 0 ? -1 : millis(text) / 1000;
  }

  /** A whole number of 0 or more. */
  static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
  }

  /** A digit from 1 to 9. */
  static int digit(String text) {
    return text.length() == 1 && text.charAt(0) >= '1' && text.charAt(0) <= '9'
        ? text.charAt(0) - '0'
        : -1;
  }
}
