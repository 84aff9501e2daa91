package org.luaj.vm2;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as text, C's {@code %.14g}.
 *
 * <p>The shortest decimal that reads back as the number has at most 14 digits for nearly all
 * numbers met, and is then the answer; with more it is rounded, and where its tail is exactly a
 * five the exact value of the double decides.
 */
final class NumberFormat {
  private static final int DIGITS = 14;
  private static final LuaString[] SMALL = new LuaString[1024];
  private static final LuaString INF = LuaString.latin1("inf");
  private static final LuaString NEGATIVE_INF = LuaString.latin1("-inf");
  private static final LuaString NAN = LuaString.latin1("nan");
  private static final LuaString NEGATIVE_ZERO = LuaString.latin1("-0");

  static {
    for (int i = 0; i < SMALL.length; i++) {
      SMALL[i] = LuaString.latin1(Integer.toString(i));
    }
  }

  private NumberFormat() {}

  static LuaString format(int i) {
    return i >= 0 && i < SMALL.length ? SMALL[i] : decimal(i);
  }

  private static LuaString decimal(long n) {
    long left = Math.abs(n);
    int length = n < 0 ? 2 : 1;
    for (long rest = left; rest >= 10; rest /= 10) {
      length++;
    }
    byte[] digits = new byte[length];
    int at = length;
    do {
      long rest = left / 10;
      digits[--at] = (byte) ('0' + (left - rest * 10));
      left = rest;
    } while (left != 0);
    if (n < 0) {
      digits[0] = '-';
    }
    return LuaString.valueUsing(digits);
  }

  static LuaString format(double d) {
    long l = (long) d;
    if (l == d && l < 100_000_000_000_000L && l > -100_000_000_000_000L) {
      return l == 0 && 1 / d < 0 ? NEGATIVE_ZERO : decimal(l);
    }
    if (Double.isNaN(d)) {
      return NAN;
    }
    if (Double.isInfinite(d)) {
      return d > 0 ? INF : NEGATIVE_INF;
    }
    return LuaString.latin1(fraction(d));
  }

  private static String fraction(double d) {
    // Double.toString gives d.dddE-xx or ddd.ddd: digits and a decimal exponent are taken from it
    String shortest = Double.toString(Math.abs(d));
    byte[] digits = new byte[shortest.length() + 1];
    int count = 0;
    int point = -1;
    int exponent = 0;
    for (int i = 0; i < shortest.length(); i++) {
      char c = shortest.charAt(i);
      if (c == '.') {
        point = count;
      } else if (c == 'E') {
        exponent = Integer.parseInt(shortest, i + 1, shortest.length(), 10);
        break;
      } else if (count > 0 || c != '0') {
        digits[count++] = (byte) c;
      } else if (point >= 0) {
        exponent--;
      }
    }
    // the value is 0.DIGITS times ten to the power of exponent
    exponent += Math.max(point, 0);
    if (count > DIGITS) {
      int rounded = round(d, digits, count);
      if (rounded < 0) {
        return exact(d);
      }
      exponent += rounded;
      count = DIGITS;
    }
    while (count > 1 && digits[count - 1] == '0') {
      count--;
    }
    return layout(d < 0, digits, count, exponent - 1);
  }

  /** Rounds to 14 digits in place; answers what the exponent grows by, -1 where it cannot tell. */
  private static int round(double d, byte[] digits, int count) {
    if (digits[DIGITS] == '5') {
      boolean more = false;
      for (int i = DIGITS + 1; i < count; i++) {
        more |= digits[i] != '0';
      }
      if (!more) {
        return -1;
      }
    }
    if (digits[DIGITS] < '5') {
      return 0;
    }
    int i = DIGITS - 1;
    while (i >= 0 && digits[i] == '9') {
      digits[i--] = '0';
    }
    if (i >= 0) {
      digits[i]++;
      return 0;
    }
    digits[0] = '1';
    return 1;
  }

  private static String exact(double d) {
    BigDecimal value =
        new BigDecimal(Math.abs(d)).round(new MathContext(DIGITS, RoundingMode.HALF_UP));
    String unscaled = value.unscaledValue().toString();
    byte[] digits = unscaled.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    int count = digits.length;
    int exponent = count - 1 - value.scale();
    while (count > 1 && digits[count - 1] == '0') {
      count--;
    }
    return layout(d < 0, digits, count, exponent);
  }

  /** Writes digits with the point after the first, times ten to the power of exponent, as %g. */
  private static String layout(boolean negative, byte[] digits, int count, int exponent) {
    StringBuilder text = new StringBuilder(24);
    if (negative) {
      text.append('-');
    }
    if (exponent < -4 || exponent >= DIGITS) {
      append(text, digits, 0, 1);
      if (count > 1) {
        append(text.append('.'), digits, 1, count);
      }
      text.append('e').append(exponent < 0 ? '-' : '+');
      int size = Math.abs(exponent);
      return text.append(size < 10 ? "0" : "").append(size).toString();
    }
    if (exponent < 0) {
      text.append("0.").repeat('0', -exponent - 1);
      return append(text, digits, 0, count).toString();
    }
    int whole = exponent + 1;
    append(text, digits, 0, Math.min(count, whole));
    if (whole >= count) {
      return text.repeat('0', whole - count).toString();
    }
    return append(text.append('.'), digits, whole, count).toString();
  }

  private static StringBuilder append(StringBuilder text, byte[] digits, int from, int to) {
    for (int i = from; i < to; i++) {
      text.append((char) digits[i]);
    }
    return text;
  }
}
