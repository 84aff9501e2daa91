package moonphase.http.files;

import java.util.List;
import moonphase.http.files.NotModifiedConf.Comparison;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.HttpDate;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Answers conditional requests with 304 or 412, whoever made the response. Worker thread.
 *
 * <p>Source: ngx_http_not_modified_header_filter; RFC 9110, section 13.
 */
@Component
@FilterOf(module = "not_modified")
public final class NotModifiedFilter implements HeaderFilter {
  private static final List<String> REMOVED =
      List.of("Content-Type", "Content-Length", "Accept-Ranges", "Content-Encoding");

  /** The filter, without state. */
  public NotModifiedFilter() {}

  @Override
  public Verdict filterHeader(Exchange exchange) {
    Response response = exchange.response();
    if (response.status() != 200 && response.status() != 0 || exchange.isSubrequest()) {
      return Verdict.OK;
    }
    Headers asked = exchange.request().headers();
    String unmodifiedSince = asked.get("If-Unmodified-Since");
    String match = asked.get("If-Match");
    String modifiedSince = asked.get("If-Modified-Since");
    String noneMatch = asked.get("If-None-Match");
    boolean isConditional = modifiedSince != null || noneMatch != null;
    if (!isConditional && unmodifiedSince == null && match == null) {
      return Verdict.OK;
    }
    long modified = HttpDate.parse(response.headers().get("Last-Modified"));
    if (unmodifiedSince != null && (modified < 0 || HttpDate.parse(unmodifiedSince) < modified)) {
      return fail(response);
    }
    String etag = response.headers().get("ETag");
    if (match != null && !isListed(match, etag, false)) {
      return fail(response);
    }
    boolean isModified =
        modifiedSince != null && isModified(exchange, modified, HttpDate.parse(modifiedSince))
            || noneMatch != null && !isListed(noneMatch, etag, true);
    if (isConditional && !isModified) {
      response.status(304);
      response.statusLine("");
      REMOVED.forEach(response.headers()::remove);
    }
    return Verdict.OK;
  }

  private static Verdict fail(Response response) {
    response.headers().clear();
    return Verdict.finish(412);
  }

  private static boolean isModified(Exchange exchange, long modified, long since) {
    Comparison comparison =
        exchange.conf(NotModifiedConf.KEY).comparison().orElse(Comparison.EXACT);
    if (modified < 0 || comparison == Comparison.OFF) {
      return true;
    }
    return comparison == Comparison.EXACT ? since != modified : since < modified;
  }

  /**
   * Whether an entity tag is in a list; weak tags are told from strong ones unless {@code weak}.
   */
  private static boolean isListed(String list, @Nullable String etag, boolean weak) {
    if (list.equals("*")) {
      return true;
    }
    if (etag == null) {
      return false;
    }
    String wanted = weak ? withoutWeakness(etag) : etag;
    for (String item : list.split(",", -1)) {
      String tag = item.strip();
      if (wanted.equals(weak ? withoutWeakness(tag) : tag)) {
        return true;
      }
    }
    return false;
  }

  private static String withoutWeakness(String tag) {
    return tag.startsWith("W/") && tag.length() > 2 ? tag.substring(2) : tag;
  }
}
