package moonphase.kernel;

import java.util.Optional;

/**
 * Reads the value of a {@code Host} field. Any thread, stateless.
 *
 * <p>Source: ngx_http_validate_host.
 */
final class HostName {
  private HostName() {}

  /**
   * The host in lower case, without its port and a dot at its end.
   *
   * @return absent if it is not a host
   */
  static Optional<String> parse(String value) {
    int length = value.length();
    int end = length;
    int dot = -1;
    boolean literal = false;
    boolean rest = false;
    boolean upper = false;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c == '.') {
        if (dot == i - 1 && dot >= 0) {
          return Optional.empty();
        }
        dot = i;
      } else if (c == ':' && !literal && !rest) {
        end = i;
        rest = true;
      } else if (c == '[' && i == 0) {
        literal = true;
      } else if (c == ']' && literal) {
        end = i + 1;
        literal = false;
        rest = true;
      } else if (c <= ' ' || c == 0x7f || c == '/') {
        return Optional.empty();
      } else if (c >= 'A' && c <= 'Z') {
        upper = true;
      }
    }
    if (end > 0 && dot == end - 1) {
      end--;
    }
    if (end == 0) {
      return Optional.empty();
    }
    String host = value.substring(0, end);
    return Optional.of(upper ? host.toLowerCase(java.util.Locale.ROOT) : host);
  }
}
