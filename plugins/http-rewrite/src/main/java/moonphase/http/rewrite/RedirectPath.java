package moonphase.http.rewrite;

/**
 * Takes back the escapes that a redirect's path does not need.
 *
 * <p>Source: ngx_unescape_uri with NGX_UNESCAPE_REDIRECT.
 */
final class RedirectPath {
  private RedirectPath() {}

  /** Decodes escapes of printable characters behind the percent sign, up to a question mark. */
  static String unescape(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    StringBuilder s = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c == '?') {
        return s.append(c).append(text, i, text.length()).toString();
      }
      if (c != '%') {
        s.append(c);
        continue;
      }
      if (i == text.length()) {
        break;
      }
      int high = Character.digit(text.charAt(i), 16);
      if (high < 0) {
        s.append(text.charAt(i++));
        continue;
      }
      if (++i == text.length()) {
        break;
      }
      int low = Character.digit(text.charAt(i++), 16);
      if (low >= 0) {
        appendDecoded(s, text, i, high << 4 | low);
      }
    }
    return s.toString();
  }

  private static void appendDecoded(StringBuilder s, String text, int end, int decoded) {
    if (decoded > '%' && decoded < 0x7f) {
      s.append((char) decoded);
    } else {
      s.append(text, end - 3, end);
    }
  }
}
