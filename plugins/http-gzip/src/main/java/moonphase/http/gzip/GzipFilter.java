package moonphase.http.gzip;

import java.io.IOException;
import moonphase.spi.Attributes;
import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Compresses responses, piece by piece. Worker thread, stateless.
 *
 * <p>Source: ngx_http_gzip_header_filter, ngx_http_gzip_body_filter.
 */
@Component(service = {HeaderFilter.class, BodyFilter.class})
@FilterOf(module = "gzip")
public final class GzipFilter implements HeaderFilter, BodyFilter {
  private static final Attributes.Key<Compression> COMPRESSION =
      new Attributes.Key<>("gzip: compression");
  private static final Attributes.Key<Compression> DONE = new Attributes.Key<>("gzip: done");
  private static final Attributes.Key<Boolean> VARIES = new Attributes.Key<>("gzip: varies");

  /** The filter, without state. */
  public GzipFilter() {}

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    return isBodyIdle(block)
        && !block.conf(GunzipFilter.GunzipConf.KEY).enabled().orElse(false)
        && !block.conf(GzipStaticHandler.GzipStaticConf.KEY).mode().isSet();
  }

  @Override
  public boolean isBodyIdle(ConfBlock block) {
    return !block.conf(GzipConf.KEY).enabled().orElse(false);
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    if (isCompressible(exchange)) {
      vary(exchange);
      if (Client.takesGzip(exchange)) {
        begin(exchange);
      }
    }
    if (Boolean.TRUE.equals(exchange.attributes().get(VARIES))
        && exchange.conf(ClientConf.KEY).isVarying()) {
      addFirst(exchange.response().headers(), "Vary", "Accept-Encoding");
    }
    return Verdict.OK;
  }

  /** nginx sends the field before those that others have added. */
  private static void addFirst(Headers headers, String name, String value) {
    Headers others = new Headers(headers);
    headers.clear();
    headers.add(name, value);
    for (int i = 0; i < others.size(); i++) {
      headers.add(others.name(i), others.value(i));
    }
  }

  private static boolean isCompressible(Exchange exchange) {
    GzipConf conf = exchange.conf(GzipConf.KEY);
    if (!conf.enabled().orElse(false)) {
      return false;
    }
    Response response = exchange.response();
    int status = response.status();
    String coding = response.headers().get("Content-Encoding");
    String length = response.headers().get("Content-Length");
    return (status == 200 || status == 403 || status == 404)
        && (coding == null || coding.isEmpty())
        && (length == null || number(length) >= conf.minLength().orElse(20L))
        && conf.types()
            .orElse(GzipConf.DEFAULT_TYPES)
            .contains(response.headers().get("Content-Type"));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE; // made up by a script; it is taken away
    }
  }

  private static void begin(Exchange exchange) {
    exchange.response().headers().add("Content-Encoding", "gzip");
    forgetBytes(exchange.response().headers());
    if (exchange.response().isHeaderOnly()) {
      return;
    }
    Compression compression = new Compression(exchange.conf(GzipConf.KEY).level().orElse(1));
    exchange.attributes().put(COMPRESSION, compression);
    exchange.attributes().put(Response.IN_MEMORY, true);
    exchange.onEnd(compression::end);
  }

  /** Notes that the response depends on {@code Accept-Encoding}. */
  static void vary(Exchange exchange) {
    exchange.attributes().put(VARIES, true);
  }

  /** Takes away what was said of the bytes of a body that will be others. */
  static void forgetBytes(Headers headers) {
    headers.remove("Content-Length");
    headers.remove("Accept-Ranges");
    String etag = headers.get("ETag");
    if (etag != null && !etag.startsWith("W/")) {
      if (etag.startsWith("\"")) {
        headers.set("ETag", "W/" + etag);
      } else {
        headers.remove("ETag");
      }
    }
  }

  @Override
  public Chunk filterBody(Exchange exchange, Chunk chunk) throws FilterException {
    Compression compression = exchange.attributes().get(COMPRESSION);
    if (compression == null) {
      return chunk;
    }
    boolean isFlush = chunk.isFlush();
    boolean isLast = chunk.isLast();
    try {
      Pieces.forEach(chunk, compression::add);
    } catch (IOException failure) {
      exchange.log().log(LogLevel.CRIT, "gzip filter could not read the body", failure);
      throw new FilterException("the body could not be read");
    } finally {
      chunk.release();
    }
    if (isLast) {
      compression.finish();
    } else if (isFlush) {
      compression.flush();
    }
    Chunk compressed = Chunk.of(compression.take()).with(isFlush, isLast);
    if (isLast) {
      compression.end();
      exchange.attributes().put(COMPRESSION, null);
      exchange.attributes().put(DONE, compression);
    }
    return compressed;
  }

  /** The value of {@code $gzip_ratio}; null before the body's end, and without compression. */
  static @Nullable String ratio(Exchange exchange) {
    Compression done = exchange.attributes().get(DONE);
    return done == null ? null : done.ratio();
  }
}
