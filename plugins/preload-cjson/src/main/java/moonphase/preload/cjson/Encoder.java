package moonphase.preload.cjson;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Writes one value as JSON. For one call, on the VM's thread. */
final class Encoder {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The letter behind the backslash of an escape; 'u' for a numbered one; 0 for none. */
  private static final byte[] ESCAPES = escapes();

  private final Options options;
  private final Markers markers;
  private byte[] out = new byte[256];
  private int size;

  Encoder(Options options, Markers markers) {
    this.options = options;
    this.markers = markers;
  }

  private static byte[] escapes() {
    byte[] letters = new byte[256];
    Arrays.fill(letters, 0, 32, (byte) 'u');
    letters['\b'] = 'b';
    letters['\t'] = 't';
    letters['\n'] = 'n';
    letters['\f'] = 'f';
    letters['\r'] = 'r';
    letters['"'] = '"';
    letters['\\'] = '\\';
    letters['/'] = '/';
    letters[127] = 'u';
    return letters;
  }

  LuaString encode(LuaValue value) {
    append(value, 0);
    return LuaString.valueOf(out, 0, size);
  }

  /** Appends a value; false if it was left out because its type is not supported. */
  private boolean append(LuaValue value, int depth) {
    switch (value.type()) {
      case LuaValue.TSTRING -> appendString(value.checkstring());
      case LuaValue.TNUMBER -> appendNumber(value);
      case LuaValue.TBOOLEAN -> append(value.toboolean() ? "true" : "false");
      case LuaValue.TNIL -> append("null");
      case LuaValue.TTABLE -> appendTable(value.checktable(), depth + 1);
      default -> {
        if (value == markers.nothing()) {
          append("null");
        } else if (value == markers.emptyArray()) {
          append("[]");
        } else if (options.skipUnsupported) {
          return false;
        } else {
          throw new LuaError("Cannot serialise " + value.typename() + ": type not supported");
        }
      }
    }
    return true;
  }

  private void appendTable(LuaTable table, int depth) {
    if (depth > options.encodeMaxDepth) {
      throw new LuaError("Cannot serialise, excessive depth (" + depth + ")");
    }
    LuaValue meta = table.getmetatable();
    if (meta == markers.arrayMeta()) {
      appendArray(table, table.rawlen(), depth);
      return;
    }
    int length = arrayLength(table);
    boolean emptyArray =
        length == 0 && (meta == markers.emptyArrayMeta() || !options.emptyTableAsObject);
    if (length > 0 || emptyArray) {
      appendArray(table, length, depth);
    } else {
      appendObject(table, depth);
    }
  }

  /** The length if every key is a positive whole number; -1 if not, or if it is to be an object. */
  private int arrayLength(LuaTable table) {
    double max = 0;
    int items = 0;
    for (Varargs entry = table.next(LuaValue.NIL);
        !entry.arg1().isnil();
        entry = table.next(entry.arg1())) {
      LuaValue key = entry.arg1();
      double number = key.type() == LuaValue.TNUMBER ? key.todouble() : 0;
      if (number < 1 || number != Math.floor(number) || number > Integer.MAX_VALUE) {
        return -1;
      }
      max = Math.max(max, number);
      items++;
    }
    boolean sparse =
        options.sparseRatio > 0
            && max > (double) items * options.sparseRatio
            && max > options.sparseSafe;
    if (sparse) {
      if (!options.sparseConvert) {
        throw new LuaError("Cannot serialise table: excessively sparse array");
      }
      return -1;
    }
    return (int) max;
  }

  private void appendArray(LuaTable table, int length, int depth) {
    append('[');
    boolean first = true;
    for (int i = 1; i <= length; i++) {
      int before = size;
      if (!first) {
        append(',');
      }
      if (append(table.rawget(i), depth)) {
        first = false;
      } else {
        size = before;
      }
    }
    append(']');
  }

  private void appendObject(LuaTable table, int depth) {
    append('{');
    boolean first = true;
    for (Varargs entry = table.next(LuaValue.NIL);
        !entry.arg1().isnil();
        entry = table.next(entry.arg1())) {
      int before = size;
      if (!first) {
        append(',');
      }
      appendKey(entry.arg1());
      append(':');
      if (append(entry.arg(2), depth)) {
        first = false;
      } else {
        size = before;
      }
    }
    append('}');
  }

  private void appendKey(LuaValue key) {
    switch (key.type()) {
      case LuaValue.TSTRING -> appendString(key.checkstring());
      case LuaValue.TNUMBER -> {
        append('"');
        appendNumber(key);
        append('"');
      }
      default -> throw new LuaError("Cannot serialise table: table key must be a number or string");
    }
  }

  private void appendNumber(LuaValue value) {
    double number = value.todouble();
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      appendInvalid(number);
    } else if (number == Math.rint(number) && Math.abs(number) < 1e14 && options.precision >= 14) {
      append(number == 0 && 1 / number < 0 ? "-0" : Long.toString((long) number));
    } else {
      append(format(number, options.precision));
    }
  }

  private void appendInvalid(double number) {
    switch (options.encodeInvalid) {
      case OFF -> throw new LuaError("Cannot serialise number: must not be NaN or Infinity");
      case NULL -> append("null");
      case ON -> append(Double.isNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
    }
  }

  /** A number as C's {@code %.Ng} writes it. */
  static String format(double number, int precision) {
    if (number == 0) {
      return 1 / number < 0 ? "-0" : "0";
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(precision, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < precision) {
      return rounded.stripTrailingZeros().toPlainString();
    }
    String digits = rounded.unscaledValue().abs().toString().replaceAll("0+$", "");
    String mantissa = digits.length() > 1 ? digits.charAt(0) + "." + digits.substring(1) : digits;
    String sign = number < 0 ? "-" : "";
    String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + power;
  }

  private void appendString(LuaString text) {
    byte[] bytes = text.m_bytes;
    int end = text.m_offset + text.m_length;
    ensure(text.m_length * 6L + 2);
    out[size++] = '"';
    for (int i = text.m_offset; i < end; i++) {
      byte b = bytes[i];
      byte escape = ESCAPES[b & 0xff];
      if (escape == 0 || (escape == '/' && !options.escapeSlash)) {
        out[size++] = b;
        continue;
      }
      out[size++] = '\\';
      out[size++] = escape;
      if (escape == 'u') {
        out[size++] = '0';
        out[size++] = '0';
        out[size++] = HEX[b >> 4 & 15];
        out[size++] = HEX[b & 15];
      }
    }
    out[size++] = '"';
  }

  @SuppressWarnings("deprecation") // the text is ASCII, and this is the copy without a detour
  private void append(String ascii) {
    ensure(ascii.length());
    ascii.getBytes(0, ascii.length(), out, size);
    size += ascii.length();
  }

  private void append(char c) {
    ensure(1);
    out[size++] = (byte) c;
  }

  private void ensure(long more) {
    long needed = size + more;
    if (needed > Integer.MAX_VALUE - 16) {
      throw new LuaError("not enough memory");
    }
    if (needed > out.length) {
      out =
          Arrays.copyOf(
              out, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, out.length * 2L)));
    }
  }
}
