package moonphase.http.charset;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
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
import moonphase.spi.Template;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Names the charset of a response in its {@code Content-Type}, and recodes the body if it has
 * another one. A subrequest's body gets the charset of the main response. Worker thread, stateless.
 *
 * <p>Source: ngx_http_charset_header_filter, ngx_http_charset_body_filter.
 */
@Component(service = {HeaderFilter.class, BodyFilter.class})
@FilterOf(module = "charset")
public final class CharsetFilter implements HeaderFilter, BodyFilter {
  private static final String PARAMETER = "; charset=";

  /** The charset of a main response, for its subrequests. */
  private static final Attributes.Key<String> NAMED = new Attributes.Key<>("charset: name");

  private static final Attributes.Key<Recoder> RECODER = new Attributes.Key<>("charset: recoder");

  /** The filter, without state. */
  public CharsetFilter() {}

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    CharsetConf conf = block.conf(CharsetConf.KEY);
    return conf.charset().orElse(Optional.empty()).isEmpty()
        && conf.source().orElse(Optional.empty()).isEmpty();
  }

  @Override
  public boolean isBodyIdle(ConfBlock block) {
    return isHeaderIdle(block);
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    CharsetConf conf = exchange.conf(CharsetConf.KEY);
    Headers headers = exchange.response().headers();
    String type = headers.get("Content-Type");
    if (type == null || type.isEmpty()) {
      return Verdict.OK;
    }
    String own = parameter(type);
    String charset =
        exchange.isSubrequest()
            ? exchange.main().attributes().get(NAMED)
            : destination(exchange, conf, type, own);
    if (charset == null || charset.isEmpty()) {
      return Verdict.OK;
    }
    String source = own.isEmpty() ? value(exchange, conf.source().orElse(Optional.empty())) : own;
    if (!source.isEmpty() && !source.equalsIgnoreCase(charset)) {
      String coding = headers.get("Content-Encoding");
      if (coding != null && !coding.isEmpty()) {
        return Verdict.OK;
      }
      Recoder recoder = exchange.conf(CharsetMaps.KEY).recoder(source, charset);
      if (recoder == null) {
        exchange.log().log(
            LogLevel.ERROR,
            "no \"charset_map\" between the charsets \"" + source + "\" and \"" + charset + "\"");
        return Verdict.OK;
      }
      begin(exchange, recoder);
    }
    if (!exchange.isSubrequest()) {
      exchange.attributes().put(NAMED, charset);
      if (!isRedirect(exchange.response())) {
        headers.set("Content-Type", bare(type) + PARAMETER + charset);
      }
    }
    return Verdict.OK;
  }

  /** The charset that a response is to have; null if that is none of this module's business. */
  private static @Nullable String destination(
      Exchange exchange, CharsetConf conf, String type, String own) {
    Optional<Template> charset = conf.charset().orElse(Optional.empty());
    if (charset.isEmpty()) {
      return null;
    }
    boolean isWanted =
        own.isEmpty()
            ? type.indexOf(';') < 0 && conf.isWanted(type)
            : conf.override().orElse(false);
    return isWanted ? value(exchange, charset) : null;
  }

  private static String value(Exchange exchange, Optional<Template> name) {
    return name.isEmpty() ? "" : name.get().evaluate(exchange);
  }

  /** The charset that a type names itself; empty for none. */
  private static String parameter(String type) {
    int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (at < 0 || type.indexOf(';') < 0) {
      return "";
    }
    String rest = type.substring(at + "charset=".length());
    int end = rest.indexOf(';');
    return (end < 0 ? rest : rest.substring(0, end)).replace("\"", "").strip();
  }

  private static String bare(String type) {
    int end = type.indexOf(';');
    return end < 0 ? type : type.substring(0, end).strip();
  }

  /** A charset of a redirect would be taken for that of the page it leads to. */
  private static boolean isRedirect(Response response) {
    return (response.status() == 301 || response.status() == 302)
        && response.headers().contains("Location");
  }

  private static void begin(Exchange exchange, Recoder recoder) {
    Headers headers = exchange.response().headers();
    if (recoder.isResizing()) {
      headers.remove("Content-Length");
    }
    if (exchange.response().isHeaderOnly()) {
      return;
    }
    exchange.attributes().put(RECODER, recoder);
    exchange.attributes().put(Response.IN_MEMORY, true);
  }

  @Override
  public Chunk filterBody(Exchange exchange, Chunk chunk) throws FilterException {
    Recoder recoder = exchange.attributes().get(RECODER);
    if (recoder == null) {
      return chunk;
    }
    boolean isFlush = chunk.isFlush();
    boolean isLast = chunk.isLast();
    try {
      return Chunk.of(recoder.recode(chunk.toBytes(), isLast)).with(isFlush, isLast);
    } catch (IOException failure) {
      exchange.log().log(LogLevel.CRIT, "charset filter could not read the body", failure);
      throw new FilterException("the body could not be read");
    } finally {
      chunk.release();
    }
  }
}
