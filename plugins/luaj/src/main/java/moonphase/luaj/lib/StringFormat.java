package moonphase.luaj.lib;

import java.util.Locale;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code string.format}. One call; one thread.
 *
 * <p>Conversions {@code d i u c x X o e E f F g G a A q s p %}; widths and precisions of at most
 * two digits. {@code %s} and {@code %q} take any value, through {@code __tostring}.
 *
 * <p>Source: Lua 5.1 manual 5.4; LuaJIT for rounding (the exact decimal value, halves up), for 64
 * bit integers and for the messages.
 */
final class StringFormat {
  private final byte[] format;
  private final int end;
  private final Varargs args;
  private final ByteBuilder out;
  private int at;
  private int argument;

  // The conversion being read.
  private boolean left;
  private boolean plus;
  private boolean space;
  private boolean alternate;
  private boolean zero;
  private int width;
  private int precision;

  private StringFormat(LuaString format, Varargs args, int first, ByteBuilder out) {
    this.format = format.m_bytes;
    this.at = format.m_offset;
    this.end = format.m_offset + format.m_length;
    this.args = args;
    this.argument = first;
    this.out = out;
  }

  static LuaValue format(Varargs args) {
    LuaString format = args.checkstring(1);
    ByteBuilder out = new ByteBuilder(format.m_length + 32, Globals.current());
    append(format, args, 1, out);
    return out.finish();
  }

  /** Appends formatted text; the values follow the argument whose index is given. */
  static void append(LuaString format, Varargs args, int index, ByteBuilder out) {
    new StringFormat(format, args, index, out).run();
  }

  private void run() {
    while (at < end) {
      int from = at;
      while (at < end && format[at] != '%') {
        at++;
      }
      if (at > from) {
        out.append(format, from, at - from);
      }
      if (at < end) {
        if (at + 1 < end && format[at + 1] == '%') {
          out.append('%');
          at += 2;
        } else {
          conversion();
        }
      }
    }
  }

  private void conversion() {
    int start = at++;
    readFlags();
    width = number();
    precision = -1;
    if (at < end && format[at] == '.') {
      at++;
      precision = Math.max(number(), 0);
    }
    int kind = at < end ? format[at++] : 0;
    switch (kind) {
      case 'd', 'i' -> signed(nextLong());
      case 'u' -> unsigned(Long.toUnsignedString(nextUnsigned()), "");
      case 'o' -> octal(nextUnsigned());
      case 'x' -> hexadecimal(nextUnsigned());
      case 'X' -> upperHexadecimal(nextUnsigned());
      case 'c' -> pad(OneByte.string((byte) (long) next()));
      case 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A' -> floating(kind);
      case 's' -> string();
      case 'q' -> quote(text());
      case 'p' -> out.append(address(value()));
      default -> throw invalid(start, kind);
    }
  }

  private LuaError invalid(int start, int kind) {
    int stop = kind == 0 && at > start + 1 && format[at - 1] == 0 ? at - 1 : at;
    String text = LuaString.valueOf(format, start, stop - start).toLatin1();
    return new LuaError("invalid option '" + text + "' to 'format'");
  }

  private void readFlags() {
    left = plus = space = alternate = zero = false;
    for (; at < end; at++) {
      switch (format[at]) {
        case '-' -> left = true;
        case '+' -> plus = true;
        case ' ' -> space = true;
        case '#' -> alternate = true;
        case '0' -> zero = true;
        default -> {
          return;
        }
      }
    }
  }

  /** Reads a number of at most two digits, -1 where there is none. */
  private int number() {
    int n = -1;
    for (int i = 0; i < 2 && at < end && format[at] >= '0' && format[at] <= '9'; i++) {
      n = Math.max(n, 0) * 10 + format[at++] - '0';
    }
    return n;
  }

  private LuaValue value() {
    return Arguments.any(args, ++argument);
  }

  private double next() {
    LuaValue v = value();
    return v instanceof LuaNumber n ? n.todouble() : args.checkdouble(argument);
  }

  private long nextLong() {
    return value() instanceof LuaInteger n ? n.v : toLong(args.checkdouble(argument));
  }

  private long nextUnsigned() {
    if (value() instanceof LuaInteger n) {
      return n.v;
    }
    double d = args.checkdouble(argument);
    return toLong(d >= 0x1p63 ? d - 0x1p64 : d);
  }

  private static long toLong(double d) {
    return d >= 0x1p63 || Double.isNaN(d) ? Long.MIN_VALUE : (long) d;
  }

  /** Whether digits stand as they are, between spaces at most. */
  private boolean isPlain() {
    return precision < 0 && !zero && !plus && !space && !alternate;
  }

  private void signed(long n) {
    if (isPlain() && n != Long.MIN_VALUE) {
      int size = width <= 0 ? 0 : ByteBuilder.decimalDigits(Math.abs(n)) + (n < 0 ? 1 : 0);
      beforeOf(size);
      out.appendDecimal(n);
      afterOf(size);
      return;
    }
    String sign = n < 0 ? "-" : plus ? "+" : space ? " " : "";
    integer(n == 0 && precision == 0 ? "" : Long.toUnsignedString(Math.abs(n)), sign);
  }

  private void unsigned(String digits, String prefix) {
    integer(digits.equals("0") && precision == 0 ? "" : digits, prefix);
  }

  private void octal(long n) {
    String digits = Long.toOctalString(n);
    unsigned(alternate && n != 0 ? "0" + digits : digits, "");
  }

  private void hexadecimal(long n) {
    if (isPlain()) {
      int size = ByteBuilder.hexadecimalDigits(n);
      beforeOf(size);
      out.appendHexadecimal(n);
      afterOf(size);
    } else {
      unsigned(Long.toHexString(n), alternate && n != 0 ? "0x" : "");
    }
  }

  private void upperHexadecimal(long n) {
    String digits = Long.toHexString(n).toUpperCase(Locale.ROOT);
    unsigned(digits, alternate && n != 0 ? "0X" : "");
  }

  /** Fills the width up before something of so many bytes, unless that goes to the left. */
  private void beforeOf(int size) {
    if (!left) {
      out.fill(' ', width - size);
    }
  }

  private void afterOf(int size) {
    if (left) {
      out.fill(' ', width - size);
    }
  }

  private void integer(String digits, String prefix) {
    int zeros = precision - digits.length();
    if (precision < 0 && zero && !left) {
      zeros = width - prefix.length() - digits.length();
    }
    zeros = Math.max(zeros, 0);
    int size = prefix.length() + zeros + digits.length();
    beforeOf(size);
    out.append(prefix).fill('0', zeros).append(digits);
    afterOf(size);
  }

  private void floating(int kind) {
    double d = next();
    boolean upper = kind < 'a';
    boolean negative = Double.doubleToRawLongBits(d) < 0 && !Double.isNaN(d);
    String sign = negative ? "-" : plus ? "+" : space ? " " : "";
    boolean finite = !Double.isInfinite(d) && !Double.isNaN(d);
    String body =
        !finite
            ? !Double.isNaN(d) ? "inf" : "nan"
            : switch (kind | 32) {
              case 'e' -> FloatText.scientific(Math.abs(d), precision, alternate);
              case 'f' -> FloatText.fixed(Math.abs(d), precision, alternate);
              case 'g' -> FloatText.general(Math.abs(d), precision, alternate);
              default -> FloatText.hexadecimal(Math.abs(d), precision, alternate);
            };
    if ((kind | 32) == 'a' && finite) {
      sign += "0x";
      body = body.substring(2);
    }
    if (upper) {
      sign = sign.toUpperCase(Locale.ROOT);
      body = body.toUpperCase(Locale.ROOT);
    }
    int missing = width - sign.length() - body.length();
    boolean zeros = zero && !left && finite;
    if (!left && !zeros) {
      out.fill(' ', missing);
    }
    out.append(sign).fill('0', zeros ? missing : 0).append(body);
    if (left) {
      out.fill(' ', missing);
    }
  }

  private void string() {
    LuaString s = text();
    pad(precision >= 0 && precision < s.m_length ? s.substring(0, precision) : s);
  }

  private void pad(LuaString s) {
    beforeOf(s.m_length);
    out.append(s);
    afterOf(s.m_length);
  }

  private LuaString text() {
    LuaValue v = value();
    if (v instanceof LuaString s) {
      return s;
    }
    return v instanceof LuaNumber n ? n.strvalue() : TextOf.string(v);
  }

  private void quote(LuaString s) {
    out.append('"');
    int plain = 0; // what was not appended yet begins here
    for (int i = 0; i < s.m_length; i++) {
      int c = s.luaByte(i);
      if (c >= 32 && c != '"' && c != '\\' && c != 127) {
        continue;
      }
      out.append(s.m_bytes, s.m_offset + plain, i - plain);
      plain = i + 1;
      if (c == '"' || c == '\\' || c == '\n') {
        out.append('\\').append(c);
      } else {
        boolean digitNext = i + 1 < s.m_length && Character.isDigit(s.luaByte(i + 1));
        String code = Integer.toString(c);
        out.append('\\').fill('0', digitNext ? 3 - code.length() : 0).append(code);
      }
    }
    out.append(s.m_bytes, s.m_offset + plain, s.m_length - plain);
    out.append('"');
  }

  /** Returns what {@code %p} shows: the address of what has one. */
  private static String address(LuaValue v) {
    boolean has =
        v instanceof LuaTable
            || v instanceof LuaFunction
            || v instanceof LuaThread
            || v instanceof LuaUserdata
            || v instanceof LuaString;
    return has ? v.address() : "NULL";
  }
}
