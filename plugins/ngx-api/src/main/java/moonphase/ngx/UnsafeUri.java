package moonphase.ngx;

import moonphase.spi.UriPath;
import org.jspecify.annotations.Nullable;

/**
 * Checks of URIs that scripts give. Any thread.
 *
 * <p>Source: ngx_http_parse_unsafe_uri, ngx_http_lua_check_unsafe_uri_bytes,
 * ngx_http_lua_escape_log.
 */
final class UnsafeUri {
  private UnsafeUri() {}

  /**
   * The path and query string of a target, percent signs not decoded in the path.
   *
   * @return null if the target is empty, begins with a question mark, contains a zero byte or leads
   *     above the root
   */
  static @Nullable UriPath parse(String uri) {
    if (uri.isEmpty() || uri.charAt(0) == '?' || uri.indexOf(0) >= 0) {
      return null;
    }
    int question = uri.indexOf('?');
    String path = question < 0 ? uri : uri.substring(0, question);
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        return null;
      }
    }
    String args = question < 0 ? "" : uri.substring(question + 1);
    if (path.indexOf('%') >= 0) {
      return UriPath.parse(path, false)
          .map(decoded -> new UriPath(decoded.path(), args))
          .orElse(null);
    }
    return new UriPath(path, args);
  }

  /** The first byte that may not be in a URI; -1 if there is none. */
  static int unsafeByte(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c < ' ' || c == 0x7f) {
        return c;
      }
    }
    return -1;
  }

  /** Text as an error message may show it. */
  static String escapeForLog(String text) {
    StringBuilder s = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        s.append(String.format("\\x%02X", (int) c));
      } else {
        s.append(c);
      }
    }
    return s.toString();
  }
}
