package moonphase.http.autoindex;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A listing as a page, byte for byte nginx's. Immutable.
 *
 * <p>Source: ngx_http_autoindex_html.
 */
final class HtmlListing {
  private static final int LONGEST_NAME = 50;
  private static final String CUT = "..&gt;";
  private static final long KILO = 1024;
  private static final long MEGA = KILO * KILO;
  private static final long GIGA = MEGA * KILO;

  private final boolean isExact;
  private final DateTimeFormatter time;

  /**
   * A way to write listings.
   *
   * @param isExact whether sizes are in bytes
   * @param zone of the times
   */
  HtmlListing(boolean isExact, ZoneId zone) {
    this.isExact = isExact;
    this.time = DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm", Locale.ENGLISH).withZone(zone);
  }

  /** The page of a directory. */
  String write(String uri, List<Entry> entries) {
    String title = Listings.escapeHtml(uri);
    StringBuilder page = new StringBuilder(256 + entries.size() * 128);
    page.append("<html>\r\n<head><title>Index of ").append(title);
    page.append("</title></head>\r\n<body>\r\n<h1>Index of ").append(title);
    page.append("</h1><hr><pre><a href=\"../\">../</a>\r\n");
    for (Entry entry : entries) {
      append(page, entry);
    }
    return page.append("</pre><hr></body>\r\n</html>\r\n").toString();
  }

  private void append(StringBuilder page, Entry entry) {
    boolean isDirectory = entry.kind() == Entry.Kind.DIRECTORY;
    page.append("<a href=\"").append(Listings.escapeUri(entry.name()));
    page.append(isDirectory ? "/\">" : "\">");
    int length = entry.name().length();
    if (length > LONGEST_NAME) {
      page.append(Listings.escapeHtml(entry.name().substring(0, LONGEST_NAME - 3)));
      page.append(CUT).append("</a>");
    } else {
      page.append(Listings.escapeHtml(entry.name()));
      if (isDirectory && length < LONGEST_NAME) {
        page.append('/');
        length++;
      }
      page.append("</a>").append(" ".repeat(LONGEST_NAME - length));
    }
    page.append(' ').append(time.format(Instant.ofEpochSecond(entry.modified()))).append(' ');
    int width = isExact ? 19 : 7;
    String size = isDirectory ? "-" : isExact ? Long.toString(entry.size()) : rounded(entry.size());
    page.append(" ".repeat(Math.max(0, width - size.length()))).append(size).append("\r\n");
  }

  private static String rounded(long size) {
    if (size >= GIGA) {
      return rounded(size, GIGA) + "G";
    }
    if (size >= MEGA) {
      return rounded(size, MEGA) + "M";
    }
    return size > 9999 ? rounded(size, KILO) + "K" : Long.toString(size);
  }

  private static long rounded(long size, long unit) {
    return size / unit + (size % unit >= unit / 2 ? 1 : 0);
  }
}
