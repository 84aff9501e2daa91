package moonphase.http.headers;

import java.util.List;
import java.util.Optional;
import moonphase.http.headers.HeadersConf.Field;
import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.ConfBlock;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * The module {@code headers}: {@code add_header}, {@code add_trailer}, {@code expires}. Worker
 * thread, stateless.
 *
 * <p>Source: nginx manual, "Module ngx_http_headers_module".
 */
@Component(service = {HttpModule.class, HeaderFilter.class, BodyFilter.class})
@FilterOf(module = "headers")
public final class AddHeader implements HttpModule, HeaderFilter, BodyFilter {
  private static final Expires NEVER = new Expires(Expires.Kind.OFF, 0, Optional.empty());

  /** Used by the framework. */
  public AddHeader() {}

  @Override
  public String name() {
    return "headers";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        Directive.directive("add_header")
            .in(Level.HTTP, Level.SERVER, Level.LOCATION, Level.LOCATION_IF)
            .args(2, 3)
            .repeatable()
            .sets(HeadersConf.KEY, HeadersConf::withField),
        Directive.directive("add_trailer")
            .in(Level.HTTP, Level.SERVER, Level.LOCATION, Level.LOCATION_IF)
            .args(2, 3)
            .repeatable()
            .sets(HeadersConf.KEY, HeadersConf::withTrailer),
        Directive.directive("expires")
            .in(Level.HTTP, Level.SERVER, Level.LOCATION, Level.LOCATION_IF)
            .args(1, 2)
            .sets(HeadersConf.KEY, HeadersConf::withExpires));
  }

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    return block.conf(HeadersConf.KEY).isEmpty();
  }

  @Override
  public boolean isBodyIdle(ConfBlock block) {
    return block.conf(HeadersConf.KEY).trailers().isEmpty();
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    HeadersConf conf = exchange.conf(HeadersConf.KEY);
    if (conf.isEmpty() || exchange.isSubrequest()) {
      return Verdict.DECLINED;
    }
    boolean isUsual = isUsual(exchange.response().status());
    if (isUsual && conf.expires().isSet()) {
      conf.expires().orElse(NEVER).apply(exchange);
    }
    for (Field field : conf.fields()) {
      if (isUsual || field.always()) {
        add(exchange, field);
      }
    }
    if (conf.trailers().stream().anyMatch(field -> isUsual || field.always())) {
      exchange.attributes().put(Response.TRAILERS, new Headers());
    }
    return Verdict.OK;
  }

  @Override
  public Chunk filterBody(Exchange exchange, Chunk chunk) {
    Headers trailers = chunk.isLast() ? exchange.attributes().get(Response.TRAILERS) : null;
    if (trailers == null) {
      return chunk;
    }
    boolean isUsual = isUsual(exchange.response().status());
    for (Field field : exchange.conf(HeadersConf.KEY).trailers()) {
      String value =
          isUsual || field.always() ? Headers.escape(field.value().evaluate(exchange)) : "";
      if (!value.isEmpty()) {
        trailers.add(field.name(), value);
      }
    }
    return chunk;
  }

  private static void add(Exchange exchange, Field field) {
    String value = Headers.escape(field.value().evaluate(exchange));
    Headers headers = exchange.response().headers();
    boolean isSingle =
        field.name().equalsIgnoreCase("Last-Modified") || field.name().equalsIgnoreCase("ETag");
    if (isSingle) {
      headers.remove(field.name());
    }
    if (!value.isEmpty()) {
      headers.add(field.name(), value);
    }
  }

  private static boolean isUsual(int status) {
    return switch (status) {
      case 200, 201, 204, 206, 301, 302, 303, 304, 307, 308 -> true;
      default -> false;
    };
  }
}
