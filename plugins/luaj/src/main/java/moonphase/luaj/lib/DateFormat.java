package moonphase.luaj.lib;

import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.TimeZone;

/**
 * C's strftime in the C locale, with glibc's flags {@code _ - 0 ^ #} and widths. One thread.
 *
 * <p>A conversion that does not exist is copied as it stands.
 *
 * <p>Source: strftime(3).
 */
final class DateFormat {
  private static final String[] DAYS = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
  };
  private static final String[] MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December"
  };

  private final ZonedDateTime time;
  private final boolean utc;
  private final ByteBuilder out;

  // The conversion being written.
  private int flag;
  private boolean upper;
  private boolean swap;
  private int width;

  DateFormat(ZonedDateTime time, boolean utc, ByteBuilder out) {
    this.time = time;
    this.utc = utc;
    this.out = out;
  }

  void append(String format) {
    byte[] bytes = format.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    append(bytes, 0, bytes.length);
  }

  void append(byte[] format, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      if (format[i] != '%') {
        out.append(format[i]);
        continue;
      }
      int start = i++;
      flag = 0;
      upper = swap = false;
      for (; i < end && "_-0^#".indexOf(format[i]) >= 0; i++) {
        switch (format[i]) {
          case '^' -> upper = true;
          case '#' -> swap = true;
          default -> flag = format[i];
        }
      }
      width = -1;
      for (; i < end && format[i] >= '0' && format[i] <= '9'; i++) {
        width = Math.min(Math.max(width, 0) * 10 + format[i] - '0', 1024);
      }
      if (i + 1 < end && (format[i] == 'E' || format[i] == 'O')) {
        i++;
      }
      if (i >= end || !conversion(format[i])) {
        out.append(format, start, Math.min(i + 1, end) - start);
      }
    }
  }

  private boolean conversion(int c) {
    switch (c) {
      case 'a' -> text(DAYS[weekday()].substring(0, 3));
      case 'A' -> text(DAYS[weekday()]);
      case 'b', 'h' -> text(MONTHS[time.getMonthValue() - 1].substring(0, 3));
      case 'B' -> text(MONTHS[time.getMonthValue() - 1]);
      case 'c' -> composed("%a %b %e %H:%M:%S %Y");
      case 'C' -> number(Math.floorDiv(time.getYear(), 100), 2, '0');
      case 'd' -> number(time.getDayOfMonth(), 2, '0');
      case 'D', 'x' -> composed("%m/%d/%y");
      case 'e' -> number(time.getDayOfMonth(), 2, ' ');
      case 'F' -> composed("%Y-%m-%d");
      case 'g' -> number(Math.floorMod(time.get(IsoFields.WEEK_BASED_YEAR), 100), 2, '0');
      case 'G' -> number(time.get(IsoFields.WEEK_BASED_YEAR), 1, '0');
      case 'H' -> number(time.getHour(), 2, '0');
      case 'I' -> number(hour12(), 2, '0');
      case 'j' -> number(time.getDayOfYear(), 3, '0');
      case 'k' -> number(time.getHour(), 2, ' ');
      case 'l' -> number(hour12(), 2, ' ');
      case 'm' -> number(time.getMonthValue(), 2, '0');
      case 'M' -> number(time.getMinute(), 2, '0');
      case 'n' -> out.append('\n');
      case 'p' -> text(swap ? half().toLowerCase(Locale.ROOT) : half());
      case 'P' -> text(half().toLowerCase(Locale.ROOT));
      case 'r' -> composed("%I:%M:%S %p");
      case 'R' -> composed("%H:%M");
      case 's' -> number(time.toEpochSecond(), 1, '0');
      case 'S' -> number(time.getSecond(), 2, '0');
      case 't' -> out.append('\t');
      case 'T', 'X' -> composed("%H:%M:%S");
      case 'u' -> number(time.getDayOfWeek().getValue(), 1, '0');
      case 'U' -> number((time.getDayOfYear() + 6 - weekday()) / 7, 2, '0');
      case 'V' -> number(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0');
      case 'w' -> number(weekday(), 1, '0');
      case 'W' -> number((time.getDayOfYear() + 6 - (weekday() + 6) % 7) / 7, 2, '0');
      case 'y' -> number(Math.floorMod(time.getYear(), 100), 2, '0');
      case 'Y' -> number(time.getYear(), 1, '0');
      case 'z' -> offset();
      case 'Z' -> text(swap ? zone().toLowerCase(Locale.ROOT) : zone());
      case '%' -> out.append('%');
      default -> {
        return false;
      }
    }
    return true;
  }

  private int weekday() {
    return time.getDayOfWeek().getValue() % 7;
  }

  private int hour12() {
    return (time.getHour() + 11) % 12 + 1;
  }

  private String half() {
    return time.getHour() < 12 ? "AM" : "PM";
  }

  private String zone() {
    if (utc) {
      return "GMT";
    }
    if (time.getZone() instanceof java.time.ZoneOffset) {
      return time.getZone().getDisplayName(TextStyle.SHORT, Locale.ROOT);
    }
    boolean daylight = DateFunctions.isDaylight(time);
    return TimeZone.getTimeZone(time.getZone())
        .getDisplayName(daylight, TimeZone.SHORT, Locale.ROOT);
  }

  private void offset() {
    int minutes = time.getOffset().getTotalSeconds() / 60;
    int size = Math.abs(minutes);
    out.append(minutes < 0 ? '-' : '+');
    String digits = Integer.toString(size / 60 * 100 + size % 60);
    out.fill('0', 4 - digits.length()).append(digits);
  }

  private void composed(String format) {
    int at = out.length();
    boolean big = upper;
    int room = width;
    int padding = flag == '0' ? '0' : ' ';
    append(format);
    byte[] piece = java.util.Arrays.copyOfRange(out.array(), at, out.length());
    out.truncate(at);
    String text = new String(piece, java.nio.charset.StandardCharsets.ISO_8859_1);
    out.fill(padding, room - text.length());
    out.append(big ? text.toUpperCase(Locale.ROOT) : text);
  }

  private void text(String text) {
    out.fill(flag == '0' ? '0' : ' ', width - text.length());
    out.append(
        upper || swap && Character.isLowerCase(text.charAt(text.length() - 1))
            ? text.toUpperCase(Locale.ROOT)
            : text);
  }

  private void number(long n, int digits, int padding) {
    String text = Long.toString(Math.abs(n));
    int pad = flag == '_' ? ' ' : flag == '0' ? '0' : padding;
    int missing = flag == '-' ? 0 : Math.max(digits, width) - text.length() - (n < 0 ? 1 : 0);
    if (pad == ' ') {
      out.fill(' ', missing);
    }
    if (n < 0) {
      out.append('-');
    }
    if (pad == '0') {
      out.fill('0', missing);
    }
    out.append(text);
  }
}
