package moonphase.preload.cjson;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/**
 * Reads one value from JSON. For one call, on the VM's thread.
 *
 * <p>A cursor over the bytes; each method leaves it behind what it read. Error texts name tokens as
 * lua-cjson does.
 */
final class Decoder {
  private final Options options;
  private final Markers markers;
  private final byte[] text;
  private final int start;
  private final int end;
  private int at;

  Decoder(Options options, Markers markers, LuaString json) {
    this.options = options;
    this.markers = markers;
    this.text = json.m_bytes;
    this.start = json.m_offset;
    this.end = json.m_offset + json.m_length;
    this.at = start;
  }

  LuaValue decode() {
    if (end - start >= 2 && (text[start] == 0 || text[start + 1] == 0)) {
      throw new LuaError("JSON parser does not support UTF-16 or UTF-32");
    }
    LuaValue value = value(0);
    skipBlanks();
    if (at < end) {
      throw expected("the end");
    }
    return value;
  }

  private void skipBlanks() {
    while (at < end
        && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' || text[at] == '\r')) {
      at++;
    }
  }

  private LuaValue value(int depth) {
    skipBlanks();
    if (at == end) {
      throw expected("value");
    }
    return switch (text[at]) {
      case '"' -> string();
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      default -> word();
    };
  }

  private LuaValue word() {
    if (takes("true")) {
      return LuaValue.TRUE;
    }
    if (takes("false")) {
      return LuaValue.FALSE;
    }
    if (takes("null")) {
      return markers.nothing();
    }
    int length = numberLength(at);
    if (length == 0) {
      throw expected("value");
    }
    LuaValue number = number(at, length);
    at += length;
    return number;
  }

  private boolean takes(String word) {
    if (!startsWith(at, word)) {
      return false;
    }
    at += word.length();
    return true;
  }

  private boolean startsWith(int from, String word) {
    if (end - from < word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private LuaTable object(int depth) {
    checkDepth(depth);
    at++;
    LuaTable table = new LuaTable();
    skipBlanks();
    if (at < end && text[at] == '}') {
      at++;
      return table;
    }
    while (true) {
      skipBlanks();
      if (at == end || text[at] != '"') {
        throw expected("object key string");
      }
      LuaString key = string();
      skipBlanks();
      if (at == end || text[at] != ':') {
        throw expected("colon");
      }
      at++;
      table.rawset(key, value(depth));
      skipBlanks();
      if (at < end && text[at] == '}') {
        at++;
        return table;
      }
      if (at == end || text[at] != ',') {
        throw expected("comma or object end");
      }
      at++;
    }
  }

  private LuaTable array(int depth) {
    checkDepth(depth);
    at++;
    LuaTable table = new LuaTable();
    if (options.arraysGetMetatable) {
      table.setmetatable(markers.arrayMeta());
    }
    skipBlanks();
    if (at < end && text[at] == ']') {
      at++;
      return table;
    }
    for (int i = 1; ; i++) {
      table.rawset(i, value(depth));
      skipBlanks();
      if (at < end && text[at] == ']') {
        at++;
        return table;
      }
      if (at == end || text[at] != ',') {
        throw expected("comma or array end");
      }
      at++;
    }
  }

  private void checkDepth(int depth) {
    if (depth > options.decodeMaxDepth) {
      throw new LuaError(
          "Found too many nested data structures (" + depth + ") at character " + position(at));
    }
  }

  private LuaString string() {
    int begin = at + 1;
    int i = begin;
    while (i < end && text[i] != '"' && text[i] != '\\') {
      i++;
    }
    if (i < end && text[i] == '"') {
      at = i + 1;
      return LuaString.valueOf(Arrays.copyOfRange(text, begin, i));
    }
    return escapedString(begin);
  }

  private LuaString escapedString(int begin) {
    byte[] out = new byte[end - begin];
    int size = 0;
    int i = begin;
    while (i < end && text[i] != '"') {
      if (text[i] != '\\') {
        out[size++] = text[i++];
        continue;
      }
      if (i + 1 == end) {
        break;
      }
      int plain = "\"\\/bfnrt".indexOf(text[i + 1]);
      if (plain >= 0) {
        out[size++] = (byte) "\"\\/\b\f\n\r\t".charAt(plain);
        i += 2;
      } else if (text[i + 1] == 'u') {
        int point = codePoint(i);
        if (point < 0) {
          throw error("value", "invalid unicode escape code", i);
        }
        byte[] utf8 = utf8(point);
        System.arraycopy(utf8, 0, out, size, utf8.length);
        size += utf8.length;
        i += point > 0xffff ? 12 : 6;
      } else {
        throw error("value", "invalid escape code", i);
      }
    }
    if (i >= end) {
      throw error("value", "unexpected end of string", end);
    }
    at = i + 1;
    return LuaString.valueOf(Arrays.copyOf(out, size));
  }

  private static byte[] utf8(int point) {
    return new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8);
  }

  /** The code point of the escape at {@code i}, its second half included; -1 if it is none. */
  private int codePoint(int i) {
    int high = hex(i + 2);
    if (high < 0xd800 || high > 0xdfff) {
      return high;
    }
    if (high > 0xdbff || !startsWith(i + 6, "\\u")) {
      return -1;
    }
    int low = hex(i + 8);
    return low < 0xdc00 || low > 0xdfff ? -1 : Character.toCodePoint((char) high, (char) low);
  }

  private int hex(int from) {
    if (end - from < 4) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /** How long the number at {@code from} is; 0 if there is none that the options allow. */
  private int numberLength(int from) {
    int i = from;
    if (i < end && text[i] == '-') {
      i++;
    }
    int digits = i;
    while (i < end && isNumberPart(text[i])) {
      i++;
    }
    String word = new String(text, digits, i - digits, StandardCharsets.ISO_8859_1);
    String lower = word.toLowerCase(Locale.ROOT);
    boolean special =
        lower.equals("nan")
            || lower.equals("inf")
            || lower.equals("infinity")
            || lower.startsWith("0x");
    boolean strict = word.matches("(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    boolean loose = word.matches("\\d+\\.?\\d*([eE][+-]?\\d+)?|\\.\\d+([eE][+-]?\\d+)?");
    return strict || (options.decodeInvalid && (special || loose)) ? i - from : 0;
  }

  private static boolean isNumberPart(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b == '.'
        || b == '+'
        || b == '-';
  }

  private LuaValue number(int from, int length) {
    long value = 0;
    int i = from;
    boolean negative = text[i] == '-';
    if (negative) {
      i++;
    }
    boolean plain = length < 16 && i < from + length;
    for (; plain && i < from + length; i++) {
      plain = text[i] >= '0' && text[i] <= '9';
      value = value * 10 + (text[i] - '0');
    }
    if (plain && (value != 0 || !negative)) {
      return LuaValue.valueOf((double) (negative ? -value : value));
    }
    String word = new String(text, from, length, StandardCharsets.ISO_8859_1);
    return LuaValue.valueOf(parse(word.toLowerCase(Locale.ROOT)));
  }

  private static double parse(String word) {
    String bare = word.startsWith("-") ? word.substring(1) : word;
    double value =
        switch (bare) {
          case "nan" -> Double.NaN;
          case "inf", "infinity" -> Double.POSITIVE_INFINITY;
          default ->
              bare.startsWith("0x")
                  ? Double.parseDouble(bare.contains("p") ? bare : bare + "p0")
                  : Double.parseDouble(bare);
        };
    return word.startsWith("-") ? -value : value;
  }

  private LuaError expected(String what) {
    return error(what, found(), at);
  }

  private String found() {
    if (at >= end) {
      return "T_END";
    }
    return switch (text[at]) {
      case '{' -> "T_OBJ_BEGIN";
      case '}' -> "T_OBJ_END";
      case '[' -> "T_ARR_BEGIN";
      case ']' -> "T_ARR_END";
      case ':' -> "T_COLON";
      case ',' -> "T_COMMA";
      case '"' -> "T_STRING";
      default -> {
        if (startsWith(at, "true") || startsWith(at, "false")) {
          yield "T_BOOLEAN";
        }
        if (startsWith(at, "null")) {
          yield "T_NULL";
        }
        yield numberLength(at) > 0 ? "T_NUMBER" : "invalid token";
      }
    };
  }

  private LuaError error(String expected, String found, int where) {
    return new LuaError(
        "Expected " + expected + " but found " + found + " at character " + position(where));
  }

  private int position(int where) {
    return where - start + 1;
  }
}
