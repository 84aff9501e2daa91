package org.luaj.vm2;

import java.nio.charset.StandardCharsets;

/**
 * Text as a number, as the target reads it: decimal, hexadecimal with fraction and binary exponent,
 * {@code 0b}, {@code inf}, {@code nan}, blanks around it.
 */
public final class NumberParser {
  private NumberParser() {}

  /** Returns the number that bytes read as, or NIL. */
  public static LuaValue parse(byte[] bytes, int offset, int length) {
    int i = offset;
    int end = offset + length;
    while (i < end && isSpace(bytes[i])) {
      i++;
    }
    while (end > i && isSpace(bytes[end - 1])) {
      end--;
    }
    boolean negative = false;
    if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
      negative = bytes[i++] == '-';
    }
    if (i >= end) {
      return LuaValue.NIL;
    }
    int c = bytes[i];
    if (c >= '0' && c <= '9' && end - i <= 9) {
      LuaValue quick = digits(bytes, i, end, negative);
      if (quick != null) {
        return quick;
      }
    }
    if (c == '0' && i + 1 < end) {
      int x = bytes[i + 1] | 0x20;
      if (x == 'x') {
        return hexadecimal(bytes, i + 2, end, negative);
      }
      if (x == 'b') {
        return binary(bytes, i + 2, end, negative);
      }
    }
    return c >= '0' && c <= '9' || c == '.'
        ? decimal(bytes, i, end, negative)
        : named(bytes, i, end, negative);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b >= 9 && b <= 13;
  }

  /** Reads up to nine decimal digits and nothing else; null where there is something else. */
  private static LuaValue digits(byte[] bytes, int from, int end, boolean negative) {
    int value = 0;
    for (int i = from; i < end; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      value = value * 10 + digit;
    }
    return negative && value == 0
        ? new LuaDouble(-0.0)
        : LuaInteger.valueOf(negative ? -value : value);
  }

  private static LuaValue decimal(byte[] bytes, int from, int end, boolean negative) {
    int i = from;
    int digits = 0;
    for (boolean point = false; i < end; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        digits++;
      } else if (bytes[i] == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (digits == 0) {
      return LuaValue.NIL;
    }
    if (i < end && (bytes[i] | 0x20) == 'e') {
      i++;
      if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
        i++;
      }
      int first = i;
      while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
        i++;
      }
      if (i == first) {
        return LuaValue.NIL;
      }
    }
    if (i != end) {
      return LuaValue.NIL;
    }
    double value =
        Double.parseDouble(new String(bytes, from, end - from, StandardCharsets.ISO_8859_1));
    return LuaDouble.valueOf(negative ? -value : value);
  }

  private static LuaValue hexadecimal(byte[] bytes, int from, int end, boolean negative) {
    StringBuilder text = new StringBuilder("0x");
    int i = from;
    int digits = 0;
    boolean point = false;
    for (; i < end; i++) {
      if (Character.digit(bytes[i], 16) >= 0) {
        digits++;
      } else if (bytes[i] == '.' && !point) {
        point = true;
      } else {
        break;
      }
      text.append((char) bytes[i]);
    }
    if (digits == 0) {
      return LuaValue.NIL;
    }
    if (i == end) {
      if (!point && digits <= 15) {
        long whole = Long.parseLong(text, 2, text.length(), 16);
        return LuaDouble.valueOf(negative ? -(double) whole : (double) whole);
      }
      text.append("p0");
    } else {
      int first = i + 1;
      if ((bytes[i] | 0x20) != 'p' || first == end) {
        return LuaValue.NIL;
      }
      int sign = bytes[first] == '-' || bytes[first] == '+' ? 1 : 0;
      for (int j = first + sign; j < end; j++) {
        if (bytes[j] < '0' || bytes[j] > '9') {
          return LuaValue.NIL;
        }
      }
      if (first + sign == end) {
        return LuaValue.NIL;
      }
      text.append(new String(bytes, i, end - i, StandardCharsets.ISO_8859_1));
    }
    double value = Double.parseDouble(text.toString());
    return LuaDouble.valueOf(negative ? -value : value);
  }

  private static LuaValue binary(byte[] bytes, int from, int end, boolean negative) {
    if (from == end) {
      return LuaValue.NIL;
    }
    double value = 0;
    for (int i = from; i < end; i++) {
      if (bytes[i] != '0' && bytes[i] != '1') {
        return LuaValue.NIL;
      }
      value = value * 2 + (bytes[i] - '0');
    }
    return LuaDouble.valueOf(negative ? -value : value);
  }

  private static LuaValue named(byte[] bytes, int from, int end, boolean negative) {
    String name = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    if (name.equalsIgnoreCase("inf") || name.equalsIgnoreCase("infinity")) {
      return negative ? LuaDouble.NEGINF : LuaDouble.POSINF;
    }
    return name.equalsIgnoreCase("nan") ? LuaDouble.NAN : LuaValue.NIL;
  }

  /** Returns the number that a string reads as in a base; without fractions. */
  static LuaValue parse(LuaString s, int base) {
    String text = s.toLatin1().strip();
    boolean negative = text.startsWith("-");
    int i = negative ? 1 : 0;
    if (base == 16 && text.regionMatches(true, i, "0x", 0, 2)) {
      i += 2;
    }
    if (i == text.length()) {
      return LuaValue.NIL;
    }
    double value = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, base) : -1;
      if (digit < 0) {
        return LuaValue.NIL;
      }
      value = value * base + digit;
    }
    return LuaDouble.valueOf(negative ? -value : value);
  }
}
