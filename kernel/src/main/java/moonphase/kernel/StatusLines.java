package moonphase.kernel;

/**
 * The status lines that are sent without having been given, and the words of built-in pages.
 *
 * <p>Source: the tables of ngx_http_header_filter_module and ngx_http_special_response.
 */
final class StatusLines {
  private static final String[] LINES = new String[600];

  private StatusLines() {}

  /** The line behind the version; a status without words keeps its space, as nginx's does. */
  static String of(int status) {
    String line = status < LINES.length ? LINES[status] : null;
    return line != null ? line : String.format("%03d ", status);
  }

  private static void line(int status, String words) {
    LINES[status] = status + " " + words;
  }

  static {
    line(200, "OK");
    line(201, "Created");
    line(202, "Accepted");
    line(204, "No Content");
    line(206, "Partial Content");
    line(301, "Moved Permanently");
    line(302, "Moved Temporarily");
    line(303, "See Other");
    line(304, "Not Modified");
    line(307, "Temporary Redirect");
    line(308, "Permanent Redirect");
    line(400, "Bad Request");
    line(401, "Unauthorized");
    line(402, "Payment Required");
    line(403, "Forbidden");
    line(404, "Not Found");
    line(405, "Not Allowed");
    line(406, "Not Acceptable");
    line(407, "Proxy Authentication Required");
    line(408, "Request Time-out");
    line(409, "Conflict");
    line(410, "Gone");
    line(411, "Length Required");
    line(412, "Precondition Failed");
    line(413, "Request Entity Too Large");
    line(414, "Request-URI Too Large");
    line(415, "Unsupported Media Type");
    line(416, "Requested Range Not Satisfiable");
    line(421, "Misdirected Request");
    line(429, "Too Many Requests");
    line(500, "Internal Server Error");
    line(501, "Not Implemented");
    line(502, "Bad Gateway");
    line(503, "Service Temporarily Unavailable");
    line(504, "Gateway Time-out");
    line(505, "HTTP Version Not Supported");
    line(507, "Insufficient Storage");
  }
}
