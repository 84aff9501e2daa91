package moonphase.ngx;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import moonphase.lua.LuaText;
import org.luaj.vm2.LuaString;

/**
 * The replacement of {@code ngx.re.sub}: text with {@code $1}, <code>${1}</code> and {@code $$}.
 * Immutable.
 *
 * <p>Source: ngx_http_lua_script_compile.
 *
 * @param pieces texts as byte arrays, and numbers of groups
 */
record ReplaceTemplate(List<Object> pieces) {
  /** A template that is none; the message is for the error log. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  static ReplaceTemplate of(String text) throws Malformed {
    List<Object> pieces = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '$') {
        literal.append(c);
      } else if (i < text.length() && text.charAt(i) == '$') {
        literal.append('$');
        i++;
      } else {
        flush(literal, pieces);
        i = variable(text, i, pieces);
      }
    }
    flush(literal, pieces);
    return new ReplaceTemplate(List.copyOf(pieces));
  }

  private static void flush(StringBuilder literal, List<Object> pieces) {
    if (!literal.isEmpty()) {
      pieces.add(LuaText.bytes(LuaText.lua(literal.toString())));
      literal.setLength(0);
    }
  }

  /** Reads the variable behind a dollar sign; answers the index behind it. */
  private static int variable(String text, int start, List<Object> pieces) throws Malformed {
    boolean isBraced = start < text.length() && text.charAt(start) == '{';
    int begin = isBraced ? start + 1 : start;
    boolean isNumber = begin < text.length() && Character.digit(text.charAt(begin), 10) >= 0;
    int end = begin;
    while (end < text.length() && isPart(text.charAt(end), isNumber)) {
      end++;
    }
    String name = text.substring(begin, end);
    if (isBraced && begin < text.length() && (end == text.length() || text.charAt(end) != '}')) {
      throw new Malformed("the closing bracket in \"" + name + "\" variable is missing");
    }
    if (name.isEmpty()) {
      throw new Malformed("lua script: invalid capturing variable name found in \"" + text + "\"");
    }
    if (!isNumber) {
      throw new Malformed(
          "attempt to use named capturing variable \""
              + name
              + "\" (named captures not supported yet)");
    }
    pieces.add(name.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(name));
    return isBraced ? end + 1 : end;
  }

  private static boolean isPart(char c, boolean isNumber) {
    boolean isDigit = c >= '0' && c <= '9';
    return isNumber ? isDigit : isDigit || c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
  }

  /** Writes the replacement of one match. */
  void write(ByteArrayOutputStream out, LuaString subject, int[] captures, int count) {
    for (Object piece : pieces) {
      if (piece instanceof byte[] text) {
        out.write(text, 0, text.length);
      } else if (piece instanceof Integer group && group < count && captures[group * 2] >= 0) {
        int from = captures[group * 2];
        out.write(subject.m_bytes, subject.m_offset + from, captures[group * 2 + 1] - from);
      }
    }
  }
}
