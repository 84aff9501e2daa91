package moonphase.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The path of a request target, split, decoded and normalised: percent signs decoded, {@code .} and
 * {@code ..} resolved, double slashes merged. Immutable.
 *
 * <p>Source: ngx_http_parse_complex_uri.
 *
 * @param path begins with a slash
 * @param args the query string without its question mark; empty for none
 */
@ProviderType
public record UriPath(String path, String args) {
  private static final String ESCAPED = "\"#%<>?\\^`{|}";
  private static final String HEX = "0123456789ABCDEF";

  /**
   * Reads a target such as {@code /a/../b%20c?d=e#f}.
   *
   * @param target Latin-1, as sent
   * @param mergesSlashes {@code merge_slashes}
   * @return absent if it does not begin with a slash, leads above the root, or has a bad or zero
   *     escape
   */
  public static Optional<UriPath> parse(String target, boolean mergesSlashes) {
    int end = target.indexOf('#');
    String whole = end < 0 ? target : target.substring(0, end);
    int question = whole.indexOf('?');
    String raw = question < 0 ? whole : whole.substring(0, question);
    String args = question < 0 ? "" : whole.substring(question + 1);
    if (!raw.startsWith("/")) {
      return Optional.empty();
    }
    if (isPlain(raw)) {
      return Optional.of(new UriPath(raw, args));
    }
    StringBuilder path = new StringBuilder(raw.length());
    return normalise(raw, mergesSlashes, path)
        ? Optional.of(new UriPath(path.toString(), args))
        : Optional.empty();
  }

  /**
   * A path fit for a request line or a {@code Location} field: controls, spaces, bytes from 0x7f on
   * and the signs that RFC 3986 leaves out are written as escapes.
   *
   * <p>Source: ngx_escape_uri with NGX_ESCAPE_URI.
   */
  public static String escape(String path) {
    int i = 0;
    while (i < path.length() && !needsEscape(path.charAt(i))) {
      i++;
    }
    if (i == path.length()) {
      return path;
    }
    StringBuilder escaped = new StringBuilder(path.length() + 16).append(path, 0, i);
    for (; i < path.length(); i++) {
      char c = path.charAt(i);
      if (needsEscape(c)) {
        escaped.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static boolean needsEscape(char c) {
    return c <= ' ' || c >= 0x7f || ESCAPED.indexOf(c) >= 0;
  }

  /** Whether nothing is to be decoded or resolved: the usual case, told in one pass. */
  private static boolean isPlain(String raw) {
    char last = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%' || c == 0 || (last == '/' && (c == '/' || c == '.'))) {
        return false;
      }
      last = c;
    }
    return true;
  }

  private static boolean normalise(String raw, boolean mergesSlashes, StringBuilder path) {
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i++);
      boolean slash = c == '/';
      if (c == '%') {
        if (i + 2 > raw.length()) {
          return false;
        }
        int high = Character.digit(raw.charAt(i), 16);
        int low = Character.digit(raw.charAt(i + 1), 16);
        if (high < 0 || low < 0 || (high | low) == 0) {
          return false;
        }
        c = (char) (high << 4 | low);
        slash = c == '/';
        i += 2;
      }
      if (!slash) {
        path.append(c);
        continue;
      }
      int resolved = endSegment(path);
      if (resolved < 0) {
        return false;
      }
      boolean merged = mergesSlashes && !path.isEmpty() && path.charAt(path.length() - 1) == '/';
      if (resolved == 0 && !merged) {
        path.append('/');
      }
    }
    return endSegment(path) >= 0;
  }

  /** Resolves a dot segment that ends the path: 1 if there was one, 0 if not, -1 if too high. */
  private static int endSegment(StringBuilder path) {
    int length = path.length();
    int slash = path.lastIndexOf("/");
    if (path.substring(slash + 1).equals(".")) {
      path.setLength(length - 1);
      return 1;
    }
    if (path.substring(slash + 1).equals("..")) {
      if (slash <= 0) {
        return -1;
      }
      path.setLength(path.lastIndexOf("/", slash - 1) + 1);
      return 1;
    }
    return 0;
  }
}
