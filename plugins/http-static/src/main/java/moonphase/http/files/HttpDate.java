package moonphase.http.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times in header fields, in seconds since the epoch. Source: RFC 9110, section 5.6.7. */
final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
  private static final String TIME = "(\\d\\d):(\\d\\d):(\\d\\d)";
  private static final Pattern USUAL =
      Pattern.compile("\\w+, +(\\d\\d)[ -](\\w{3})[ -](\\d{4}|\\d\\d) " + TIME + ".*");
  private static final Pattern ASCTIME =
      Pattern.compile("\\w{3} (\\w{3}) ([ \\d]\\d) " + TIME + " (\\d{4}).*");

  private HttpDate() {}

  static String format(long seconds) {
    return FORMAT.format(Instant.ofEpochSecond(seconds));
  }

  /** Reads any of the three forms; -1 if it is none. */
  static long parse(@Nullable String text) {
    if (text == null) {
      return -1;
    }
    Matcher usual = USUAL.matcher(text);
    if (usual.matches()) {
      int year = Integer.parseInt(usual.group(3));
      int full = year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;
      return seconds(full, usual.group(2), usual.group(1), usual, 4);
    }
    Matcher asctime = ASCTIME.matcher(text);
    return asctime.matches()
        ? seconds(
            Integer.parseInt(asctime.group(6)), asctime.group(1), asctime.group(2), asctime, 3)
        : -1;
  }

  private static long seconds(int year, String month, String day, Matcher time, int first) {
    int index = MONTHS.indexOf(month);
    if (index < 0 || index % 3 != 0) {
      return -1;
    }
    try {
      return LocalDateTime.of(
              year,
              index / 3 + 1,
              Integer.parseInt(day.strip()),
              Integer.parseInt(time.group(first)),
              Integer.parseInt(time.group(first + 1)),
              Integer.parseInt(time.group(first + 2)))
          .toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException impossible) {
      return -1;
    }
  }
}
