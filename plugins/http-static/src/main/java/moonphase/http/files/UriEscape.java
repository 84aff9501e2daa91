package moonphase.http.files;

/** Writes a decoded path as a URI. Source: ngx_escape_uri with NGX_ESCAPE_URI. */
final class UriEscape {
  private static final String HEX = "0123456789ABCDEF";
  private static final String ESCAPED = " \"#%<>?\\^`{|}";

  private UriEscape() {}

  /** The path with everything that cannot stand in a URI as percent signs. */
  static String escape(String path) {
    StringBuilder s = new StringBuilder(path.length() + 16);
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c < 0x20 || c >= 0x7f || ESCAPED.indexOf(c) >= 0) {
        s.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      } else {
        s.append(c);
      }
    }
    return s.toString();
  }
}
