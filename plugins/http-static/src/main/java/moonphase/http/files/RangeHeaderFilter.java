package moonphase.http.files;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.Attributes;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.HttpDate;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * Turns the answer with a whole file into one with parts of it, or into 416. Worker thread.
 *
 * <p>Source: ngx_http_range_header_filter; RFC 9110, section 14.
 */
@Component
@FilterOf(module = "range_header")
public final class RangeHeaderFilter implements HeaderFilter {
  /** Set by a handler that can answer with parts. */
  static final Attributes.Key<Boolean> IS_ALLOWED = new Attributes.Key<>("range: allowed");

  /** Set by this filter: which parts the handler has to send. */
  static final Attributes.Key<Ranges> RANGES = new Attributes.Key<>("range: parts");

  private final AtomicLong boundaries = new AtomicLong(System.nanoTime());

  /** The filter, with boundaries that count from a number of its own. */
  public RangeHeaderFilter() {}

  @Override
  public Verdict filterHeader(Exchange exchange) {
    if (!Boolean.TRUE.equals(exchange.attributes().get(IS_ALLOWED))) {
      return Verdict.OK;
    }
    Response response = exchange.response();
    String length = response.headers().get("Content-Length");
    int max = exchange.conf(RangeModule.RangeConf.KEY).max().orElse(Integer.MAX_VALUE);
    if (exchange.isSubrequest()
        || exchange.request().head().version() < 10
        || response.status() != 200
        || length == null
        || max == 0) {
      return Verdict.OK;
    }
    String asked = exchange.request().headers().get("Range");
    if (asked == null || !isWanted(asked, exchange)) {
      return accept(response);
    }
    long size = Long.parseLong(length);
    Optional<Ranges> ranges =
        Ranges.parse(asked.substring(6), size, max, boundaries.getAndIncrement());
    if (ranges.isEmpty()) {
      response.headers().set("Content-Range", "bytes */" + size);
      response.headers().remove("Content-Length");
      return Verdict.finish(416);
    }
    if (ranges.get().isWhole()) {
      return accept(response);
    }
    response.status(206);
    response.statusLine("");
    ranges.get().describe(response.headers());
    exchange.attributes().put(RANGES, ranges.get());
    return Verdict.OK;
  }

  private static Verdict accept(Response response) {
    response.headers().set("Accept-Ranges", "bytes");
    return Verdict.OK;
  }

  /** Whether the field can be understood and {@code If-Range} still holds. */
  private static boolean isWanted(String asked, Exchange exchange) {
    if (asked.length() < 7 || !asked.regionMatches(true, 0, "bytes=", 0, 6)) {
      return false;
    }
    String condition = exchange.request().headers().get("If-Range");
    if (condition == null) {
      return true;
    }
    Headers headers = exchange.response().headers();
    if (condition.length() >= 2 && condition.endsWith("\"")) {
      return condition.equals(headers.get("ETag"));
    }
    long modified = HttpDate.parse(headers.get("Last-Modified"));
    return modified >= 0 && HttpDate.parse(condition) == modified;
  }
}
