package moonphase.luaj.lib;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.luaj.vm2.LuaValue;

/**
 * Numbers as C's {@code %e %f %g %a}, of finite numbers that are not negative.
 *
 * <p>The exact decimal value is rounded, halves up, as LuaJIT does: {@code %.0f} of 2.5 is 3.
 */
final class FloatText {
  /** Under this many bits after the binary point a fraction times ten fits a long. */
  private static final int FAST_BITS = 59;

  private FloatText() {}

  static String fixed(double d, int precision, boolean point) {
    int places = precision < 0 ? 6 : precision;
    String fast = d < 0x1p53 ? fastFixed(d, places) : null;
    String text =
        fast != null
            ? fast
            : new BigDecimal(d).setScale(places, RoundingMode.HALF_UP).toPlainString();
    return places == 0 && point ? text + "." : text;
  }

  /** Writes digit after digit of the binary fraction; null where its bits do not fit. */
  private static String fastFixed(double d, int places) {
    long whole = (long) d;
    double rest = d - whole;
    long fraction = 0;
    int bits = 0;
    if (rest != 0) {
      long raw = Double.doubleToRawLongBits(rest);
      bits = 1075 - (int) (raw >>> 52);
      fraction = raw & 0xFFFFFFFFFFFFFL | 1L << 52;
      if (bits > FAST_BITS) {
        return null;
      }
    }
    byte[] digits = new byte[places];
    for (int i = 0; i < places && fraction != 0; i++) {
      fraction *= 10;
      digits[i] = (byte) (fraction >>> bits);
      fraction &= (1L << bits) - 1;
    }
    if (fraction != 0 && fraction >= 1L << bits - 1) {
      int i = places - 1;
      while (i >= 0 && digits[i] == 9) {
        digits[i--] = 0;
      }
      if (i >= 0) {
        digits[i]++;
      } else {
        whole++;
      }
    }
    StringBuilder text = new StringBuilder(places + 20).append(whole);
    if (places > 0) {
      text.append('.');
    }
    for (byte digit : digits) {
      text.append((char) ('0' + digit));
    }
    return text.toString();
  }

  static String scientific(double d, int precision, boolean point) {
    int places = precision < 0 ? 6 : precision;
    if (d == 0) {
      return layout("0".repeat(places + 1), 0, point);
    }
    BigDecimal rounded = round(d, places + 1);
    return layout(digits(rounded, places + 1), exponent(rounded), point);
  }

  static String general(double d, int precision, boolean point) {
    int significant = precision < 0 ? 6 : Math.max(precision, 1);
    if (significant == 14 && !point) {
      return LuaValue.valueOf(d).strvalue().toLatin1();
    }
    if (d == 0) {
      return point ? "0." + "0".repeat(significant - 1) : "0";
    }
    BigDecimal rounded = round(d, significant);
    int exponent = exponent(rounded);
    String digits = digits(rounded, significant);
    if (!point) {
      int n = digits.length();
      while (n > 1 && digits.charAt(n - 1) == '0') {
        n--;
      }
      digits = digits.substring(0, n);
    }
    if (exponent < -4 || exponent >= significant) {
      return layout(digits, exponent, point);
    }
    if (exponent < 0) {
      return "0." + "0".repeat(-exponent - 1) + digits;
    }
    int whole = exponent + 1;
    if (digits.length() <= whole) {
      return digits + "0".repeat(whole - digits.length()) + (point ? "." : "");
    }
    return digits.substring(0, whole) + "." + digits.substring(whole);
  }

  private static BigDecimal round(double d, int digits) {
    return new BigDecimal(d).round(new MathContext(digits, RoundingMode.HALF_UP));
  }

  private static int exponent(BigDecimal d) {
    return d.precision() - d.scale() - 1;
  }

  private static String digits(BigDecimal d, int count) {
    String digits = d.unscaledValue().toString();
    return digits + "0".repeat(Math.max(count - digits.length(), 0));
  }

  private static String layout(String digits, int exponent, boolean point) {
    StringBuilder text = new StringBuilder(digits.length() + 6).append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    } else if (point) {
      text.append('.');
    }
    int size = Math.abs(exponent);
    text.append('e').append(exponent < 0 ? '-' : '+').append(size < 10 ? "0" : "");
    return text.append(size).toString();
  }

  /** Returns the digits after {@code 0x} included; one bit stands before the point. */
  static String hexadecimal(double d, int precision, boolean point) {
    int exponent = d == 0 ? 0 : Math.getExponent(d);
    long mantissa = Double.doubleToRawLongBits(d) & 0xFFFFFFFFFFFFFL;
    if (d != 0 && exponent < Double.MIN_EXPONENT) {
      int shift = Long.numberOfLeadingZeros(mantissa) - 11;
      mantissa = mantissa << shift & 0xFFFFFFFFFFFFFL;
      exponent = Double.MIN_EXPONENT - shift;
    }
    long lead = d == 0 ? 0 : 1;
    int places = 13;
    if (precision >= 0 && precision < 13) {
      int dropped = 4 * (13 - precision);
      long all = (lead << 52 | mantissa) + (1L << dropped - 1) >>> dropped << dropped;
      lead = all >>> 52;
      mantissa = all & 0xFFFFFFFFFFFFFL;
      places = precision;
    }
    StringBuilder text = new StringBuilder("0x").append(lead);
    String digits = Long.toHexString(1L << 52 | mantissa).substring(1);
    if (precision < 0) {
      while (places > 0 && digits.charAt(places - 1) == '0') {
        places--;
      }
    }
    if (places > 0 || point || precision > 0) {
      text.append('.');
    }
    text.append(digits, 0, places).repeat('0', Math.max(precision - places, 0));
    return text.append('p').append(exponent < 0 ? "" : "+").append(exponent).toString();
  }
}
