package moonphase.kernel;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import moonphase.kernel.conf.CoreConf;
import moonphase.kernel.log.AddressText;
import moonphase.spi.Headers;
import moonphase.spi.Response;

/**
 * Brings the fields of a response into the form in which they are sent. Worker thread, stateless.
 *
 * <p>Source: ngx_http_header_filter.
 */
final class ResponseFields {
  private ResponseFields() {}

  /** Removes what the status forbids, and completes {@code Location}. */
  static void adjust(KernelExchange exchange, int status) {
    Headers headers = exchange.response().headers();
    if (status == 204) {
      headers.remove("Content-Type");
      headers.remove("Content-Length");
    }
    if (status != 200 && status != 206 && status != 304) {
      headers.remove("Last-Modified");
    }
    String location = headers.get("Location");
    if (location != null
        && location.startsWith("/")
        && exchange.core().isAbsoluteRedirect()
        && exchange.attributes().get(Response.RELATIVE_LOCATION) == null) {
      headers.set("Location", absolute(exchange, location));
    }
  }

  private static String absolute(KernelExchange exchange, String location) {
    CoreConf core = exchange.core();
    SocketAddress local = exchange.connection().local();
    String host =
        core.isServerNameInRedirect() ? exchange.server().name() : exchange.request().host();
    if (host.isEmpty() && local instanceof InetSocketAddress address) {
      String text = AddressText.of(address.getAddress());
      host = text.indexOf(':') >= 0 ? "[" + text + "]" : text;
    }
    StringBuilder absolute = new StringBuilder("http://").append(host);
    if (core.isPortInRedirect()
        && local instanceof InetSocketAddress address
        && address.getPort() != 80) {
      absolute.append(':').append(address.getPort());
    }
    return absolute.append(location).toString();
  }
}
