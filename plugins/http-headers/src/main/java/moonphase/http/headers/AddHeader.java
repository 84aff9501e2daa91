package moonphase.http.headers;

import java.util.List;
import moonphase.http.headers.HeadersConf.Field;
import moonphase.spi.ConfBlock;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * The module {@code headers}: {@code add_header}. Worker thread, stateless.
 *
 * <p>Source: nginx manual, "Module ngx_http_headers_module".
 */
@Component(service = {HttpModule.class, HeaderFilter.class})
@FilterOf(module = "headers")
public final class AddHeader implements HttpModule, HeaderFilter {
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
            .sets(HeadersConf.KEY, HeadersConf::with));
  }

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    return block.conf(HeadersConf.KEY).fields().isEmpty();
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    List<Field> fields = exchange.conf(HeadersConf.KEY).fields();
    if (fields.isEmpty() || exchange.isSubrequest()) {
      return Verdict.DECLINED;
    }
    boolean isUsual = isUsual(exchange.response().status());
    for (Field field : fields) {
      if (isUsual || field.always()) {
        add(exchange, field);
      }
    }
    return Verdict.OK;
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
