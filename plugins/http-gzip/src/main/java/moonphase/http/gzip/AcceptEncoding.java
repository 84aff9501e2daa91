package moonphase.http.gzip;

import java.util.Locale;

/**
 * Reads {@code Accept-Encoding}: whether gzip is among what a client takes. Stateless.
 *
 * <p>Source: ngx_http_gzip_accept_encoding, ngx_http_gzip_quantity.
 */
final class AcceptEncoding {
  private static final String GZIP = "gzip";

  private AcceptEncoding() {}

  /** Whether gzip is named, with a weight above 0 if it has one. */
  static boolean takesGzip(String field) {
    String text = field.toLowerCase(Locale.ROOT);
    int at = text.indexOf(GZIP);
    while (at > 0 && text.charAt(at - 1) != ',' && text.charAt(at - 1) != ' ') {
      at = text.indexOf(GZIP, at + GZIP.length());
    }
    if (at < 0) {
      return false;
    }
    int i = skipSpaces(text, at + GZIP.length());
    if (i == text.length() || text.charAt(i) == ',') {
      return true;
    }
    if (text.charAt(i) != ';') {
      return false;
    }
    i = skipSpaces(text, i + 1);
    return i == text.length() || (text.charAt(i) == 'q' && isWeighty(text.substring(i + 1)));
  }

  private static int skipSpaces(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }

  /** Whether {@code =0.5} and what may follow is a weight, and not 0. */
  private static boolean isWeighty(String text) {
    int end = 1;
    while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ' ') {
      end++;
    }
    String weight = text.substring(0, Math.min(end, text.length()));
    return weight.matches("=(0\\.\\d{0,3}|1(\\.0{0,3})?)") && !weight.matches("=0[.0]*");
  }
}
