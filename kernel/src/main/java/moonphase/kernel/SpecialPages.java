package moonphase.kernel;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The built-in pages for statuses from 301 on, byte for byte nginx's.
 *
 * <p>Source: ngx_http_special_response.c.
 */
final class SpecialPages {
  private static final int FIRST = 301;
  private static final int LAST = 507;
  private static final byte[] @Nullable [] FULL = pages(ServerName.FULL);
  private static final byte[] @Nullable [] SHORT = pages(ServerName.SHORT);

  /** Follows a page from 400 on for browsers that hide short ones. */
  private static final String PADDING =
      "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n".repeat(6);

  private SpecialPages() {}

  /**
   * The page for a status; nobody changes it.
   *
   * @param isFull whether the version stands below the line
   * @return null for a status that is answered with an empty body
   */
  static byte @Nullable [] of(int status, boolean isFull) {
    if (status < FIRST || status > LAST) {
      return null;
    }
    return (isFull ? FULL : SHORT)[status - FIRST];
  }

  /** A page with the comment behind it that keeps browsers from showing one of their own. */
  static byte[] padded(byte[] page) {
    byte[] padded = java.util.Arrays.copyOf(page, page.length + PADDING.length());
    byte[] padding = PADDING.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(padding, 0, padded, page.length, padding.length);
    return padded;
  }

  private static byte[] @Nullable [] pages(String server) {
    byte[] @Nullable [] pages = new byte[LAST + 1 - FIRST][];
    for (int i = 0; i < pages.length; i++) {
      String text = text(FIRST + i, server);
      pages[i] = text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
    }
    return pages;
  }

  private static @Nullable String text(int status, String server) {
    String detail =
        switch (status) {
          case 494 -> "Request Header Or Cookie Too Large";
          case 495 -> "The SSL certificate error";
          case 496 -> "No required SSL certificate was sent";
          case 497 -> "The plain HTTP request was sent to HTTPS port";
          default -> "";
        };
    String heading = detail.isEmpty() ? heading(status) : "400 Bad Request";
    if (heading.isEmpty()) {
      return null;
    }
    return "<html>\r\n<head><title>"
        + (detail.isEmpty() ? heading : "400 " + detail)
        + "</title></head>\r\n<body>\r\n<center><h1>"
        + heading
        + "</h1></center>\r\n"
        + (detail.isEmpty() ? "" : "<center>" + detail + "</center>\r\n")
        + "<hr><center>"
        + server
        + "</center>\r\n</body>\r\n</html>\r\n";
  }

  private static String heading(int status) {
    return switch (status) {
      case 302 -> "302 Found";
      case 304 -> "";
      case 401 -> "401 Authorization Required";
      case 498 -> "404 Not Found";
      default -> {
        String line = StatusLines.of(status);
        yield line.endsWith(" ") ? "" : line;
      }
    };
  }
}
