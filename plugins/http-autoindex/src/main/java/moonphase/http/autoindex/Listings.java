package moonphase.http.autoindex;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import moonphase.spi.HttpDate;

/**
 * Listings for programs, and what their texts have to escape. Stateless.
 *
 * <p>Source: ngx_http_autoindex_json, ngx_http_autoindex_xml.
 */
final class Listings {
  private static final DateTimeFormatter XML_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
  private static final String HEX = "0123456789ABCDEF";

  private Listings() {}

  static String json(List<Entry> entries) {
    StringBuilder text = new StringBuilder("[");
    for (Entry entry : entries) {
      text.append(text.length() == 1 ? "" : ",").append("\r\n{ \"name\":\"");
      text.append(escapeJson(entry.name()));
      text.append("\", \"type\":\"").append(entry.kind().word());
      text.append("\", \"mtime\":\"").append(HttpDate.format(entry.modified())).append('"');
      if (entry.kind() == Entry.Kind.FILE) {
        text.append(", \"size\":").append(entry.size());
      }
      text.append(" }");
    }
    return text.append("\r\n]").toString();
  }

  static String xml(List<Entry> entries) {
    StringBuilder text = new StringBuilder("<?xml version=\"1.0\"?>\r\n<list>\r\n");
    for (Entry entry : entries) {
      String kind = entry.kind().word();
      text.append('<').append(kind).append(" mtime=\"");
      text.append(XML_TIME.format(Instant.ofEpochSecond(entry.modified())));
      if (entry.kind() == Entry.Kind.FILE) {
        text.append("\" size=\"").append(entry.size());
      }
      text.append("\">").append(escapeHtml(entry.name()));
      text.append("</").append(kind).append(">\r\n");
    }
    return text.append("</list>\r\n").toString();
  }

  /** Source: ngx_escape_html. */
  static String escapeHtml(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Source: ngx_escape_uri with NGX_ESCAPE_URI_COMPONENT. */
  static String escapeUri(String name) {
    StringBuilder escaped = new StringBuilder(name.length());
    for (char c : name.toCharArray()) {
      if ((c < 128 && Character.isLetterOrDigit(c)) || "-._~".indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      }
    }
    return escaped.toString();
  }

  /** Source: ngx_escape_json. */
  private static String escapeJson(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"', '\\' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\b' -> escaped.append("\\b");
        case '\f' -> escaped.append("\\f");
        default -> {
          if (c < ' ') {
            escaped.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            escaped.append(c);
          }
        }
      }
    }
    return escaped.toString();
  }
}
