package moonphase.spi;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Times in header fields, in whole seconds since the epoch, UTC. Any thread, stateless.
 *
 * <p>Source: RFC 9110, section 5.6.7; ngx_http_time, ngx_parse_http_time.
 */
public final class HttpDate {
  private static final int SECONDS_A_DAY = 86_400;
  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private HttpDate() {}

  /**
   * Writes a time as {@code Sun, 06 Nov 1994 08:49:37 GMT}.
   *
   * @throws DateTimeException if the year cannot be expressed
   */
  public static String format(long seconds) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
    int time = Math.floorMod(seconds, SECONDS_A_DAY);
    int weekday = 3 * (date.getDayOfWeek().getValue() - 1);
    int month = 3 * (date.getMonthValue() - 1);
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS, weekday, weekday + 3).append(", ");
    twoDigits(text, date.getDayOfMonth()).append(' ').append(MONTHS, month, month + 3).append(' ');
    if (date.getYear() < 1000) {
      text.append("%04d".formatted(date.getYear()));
    } else {
      text.append(date.getYear());
    }
    twoDigits(text.append(' '), time / 3600);
    twoDigits(text.append(':'), time / 60 % 60);
    return twoDigits(text.append(':'), time % 60).append(" GMT").toString();
  }

  private static StringBuilder twoDigits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /**
   * Reads one of the three forms that are in use: {@code Sun, 06 Nov 1994 08:49:37 GMT}, {@code
   * Sunday, 06-Nov-94 08:49:37 GMT} and {@code Sun Nov 6 08:49:37 1994}. The weekday and the zone
   * are not looked at.
   *
   * @return seconds since the epoch; -1 if it is none of them
   */
  public static long parse(@Nullable String text) {
    return text == null ? -1 : new Scanner(text).seconds();
  }

  /** One pass over a text; what does not fit leaves a number of -1 behind. */
  private static final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
      this.text = text;
    }

    long seconds() {
      while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != ' ') {
        at++;
      }
      boolean isAsctime = at < text.length() && text.charAt(at) == ' ';
      at++;
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      return isAsctime ? asctime() : usual();
    }

    private long usual() {
      int day = number(2);
      char separator = at < text.length() ? text.charAt(at) : 0;
      if (separator != ' ' && separator != '-') {
        return -1;
      }
      at++;
      int month = month();
      if (!skip(separator)) {
        return -1;
      }
      int year = separator == ' ' ? number(4) : shortYear();
      return skip(' ') ? seconds(year, month, day, time()) : -1;
    }

    /** Two digits, or four as cookies have them. */
    private int shortYear() {
      int year = number(2);
      if (at < text.length() && text.charAt(at) != ' ') {
        at -= 2;
        return number(4);
      }
      return year < 0 ? -1 : year < 70 ? 2000 + year : 1900 + year;
    }

    private long asctime() {
      int month = month();
      boolean isSpaced = skip(' ');
      skip(' ');
      boolean isShort = at + 1 < text.length() && text.charAt(at + 1) == ' ';
      int day = number(isShort ? 1 : 2);
      if (!isSpaced || !skip(' ')) {
        return -1;
      }
      int time = time();
      return skip(' ') ? seconds(number(4), month, day, time) : -1;
    }

    private int time() {
      int hour = number(2);
      boolean isSeparated = skip(':');
      int minute = number(2);
      isSeparated &= skip(':');
      int second = number(2);
      boolean isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
      return isSeparated && isTime && second >= 0 && second < 60
          ? hour * 3600 + minute * 60 + second
          : -1;
    }

    private int month() {
      int index = at + 3 <= text.length() ? MONTHS.indexOf(text.substring(at, at + 3)) : -1;
      at += 3;
      return index % 3 == 0 ? index / 3 + 1 : -1;
    }

    private int number(int digits) {
      int number = at + digits <= text.length() ? 0 : -1;
      for (int i = 0; i < digits && number >= 0; i++) {
        char c = text.charAt(at++);
        number = c >= '0' && c <= '9' ? number * 10 + c - '0' : -1;
      }
      return number;
    }

    private boolean skip(char expected) {
      boolean isThere = at < text.length() && text.charAt(at) == expected;
      at += isThere ? 1 : 0;
      return isThere;
    }

    private static long seconds(int year, int month, int day, int time) {
      if (year < 0 || month < 0 || day < 1 || day > 31 || time < 0) {
        return -1;
      }
      try {
        return LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY + time;
      } catch (DateTimeException impossible) {
        return -1;
      }
    }
  }
}
