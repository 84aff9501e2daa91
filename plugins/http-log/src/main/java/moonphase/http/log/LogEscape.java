package moonphase.http.log;

import org.jspecify.annotations.Nullable;

/**
 * How a variable's value is made safe for a line.
 *
 * <p>Source: nginx manual, "log_format"; ngx_http_log_escape, ngx_escape_json.
 */
enum LogEscape {
  /** Quotes, backslashes and what is not printable become {@code \xXX}; no value is a hyphen. */
  DEFAULT {
    @Override
    void append(StringBuilder line, @Nullable String value) {
      if (value == null) {
        line.append('-');
        return;
      }
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
          line.append("\\x").append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
        } else {
          line.append(c);
        }
      }
    }
  },

  /** As in a JSON string; no value is empty. */
  JSON {
    @Override
    void append(StringBuilder line, @Nullable String value) {
      for (int i = 0; value != null && i < value.length(); i++) {
        char c = value.charAt(i);
        int named = "\"\\\n\r\t\b\f".indexOf(c);
        if (named >= 0) {
          line.append('\\').append("\"\\nrtbf".charAt(named));
        } else if (c < ' ') {
          line.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        } else {
          line.append(c);
        }
      }
    }
  },

  /** As it is; no value is empty. */
  NONE {
    @Override
    void append(StringBuilder line, @Nullable String value) {
      if (value != null) {
        line.append(value);
      }
    }
  };

  private static final String HEX = "0123456789ABCDEF";

  /** Appends a value to a line; null is no value. */
  abstract void append(StringBuilder line, @Nullable String value);
}
