package moonphase.headersmore;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a {@code Host} field. Source: ngx_http_validate_host. */
final class HostName {
  private HostName() {}

  /** The name in lower case without port and final dot; empty for no field, null if malformed. */
  static @Nullable String of(String field) {
    if (field.isEmpty()) {
      return "";
    }
    int end = field.startsWith("[") ? field.indexOf(']') + 1 : field.indexOf(':');
    String host = end <= 0 ? field : field.substring(0, end);
    if (field.contains("..") || field.indexOf('/') >= 0 || field.indexOf('\0') >= 0) {
      return null;
    }
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.isEmpty() ? null : host.toLowerCase(Locale.ROOT);
  }
}
