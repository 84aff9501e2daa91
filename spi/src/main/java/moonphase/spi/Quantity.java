package moonphase.spi;

/**
 * Reads sizes, times and numbers as nginx writes them, for parameters such as {@code buffer=32k};
 * {@link Arguments} reads whole arguments. Any thread, stateless.
 *
 * <p>Source: ngx_parse.c.
 */
public final class Quantity {
  /** What is returned for text that is none of the kind asked for; it is below 0. */
  public static final long NONE = -1;

  /** The units of time in falling order; a space ends a number without one. */
  private static final String UNITS = "yMwdhm s";

  private static final long[] SECONDS = {31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1, 1};

  /** The step of milliseconds, behind all others. */
  private static final int MILLIS = 8;

  private Quantity() {}

  /** Digits alone, 18 at most; {@link #NONE} for anything else. */
  public static long number(String text) {
    if (text.isEmpty() || text.length() > 18) {
      return NONE;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return NONE;
      }
    }
    return Long.parseLong(text);
  }

  /**
   * Bytes: digits and {@code k} or {@code m}, in either case.
   *
   * @param isOffset whether {@code g} is a unit as well
   * @return {@link #NONE} for anything else, and for what a long does not hold
   */
  public static long bytes(String text, boolean isOffset) {
    if (text.isEmpty()) {
      return NONE;
    }
    int shift =
        switch (text.charAt(text.length() - 1)) {
          case 'k', 'K' -> 10;
          case 'm', 'M' -> 20;
          case 'g', 'G' -> isOffset ? 30 : 0;
          default -> 0;
        };
    long number = number(shift == 0 ? text : text.substring(0, text.length() - 1));
    return number == NONE || number > Long.MAX_VALUE >> shift ? NONE : number << shift;
  }

  /**
   * Milliseconds: numbers with units in falling order, such as {@code 1h 30m}; a last one without
   * unit counts seconds. Weeks are the longest unit.
   *
   * @return {@link #NONE} for anything else, and for what a long does not hold
   */
  public static long millis(String text) {
    return time(text, 1000);
  }

  /**
   * Seconds: the same, with {@code y} and {@code M} and without {@code ms}.
   *
   * @return {@link #NONE} for anything else, and for what a long does not hold
   */
  public static long seconds(String text) {
    return time(text, 1);
  }

  private static long time(String text, int perSecond) {
    long total = 0;
    // months are too long to be counted in milliseconds
    int last = perSecond == 1 ? -1 : 1;
    boolean any = false;
    int i = 0;
    while (i < text.length()) {
      int end = i;
      while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
        end++;
      }
      long number = end == i ? 0 : number(text.substring(i, end));
      any |= end > i;
      long unit = perSecond;
      if (end < text.length()) {
        boolean isMillis = text.startsWith("ms", end);
        int step = isMillis ? MILLIS : UNITS.indexOf(text.charAt(end));
        if (step <= last || (isMillis && perSecond == 1)) {
          return NONE;
        }
        last = text.charAt(end) == ' ' ? MILLIS : step;
        unit = isMillis ? 1 : SECONDS[step] * perSecond;
        end += isMillis ? 2 : 1;
      }
      if (number == NONE || number > (Long.MAX_VALUE - total) / unit) {
        return NONE;
      }
      total += number * unit;
      while (end < text.length() && text.charAt(end) == ' ') {
        end++;
      }
      i = end;
    }
    return any ? total : NONE;
  }
}
