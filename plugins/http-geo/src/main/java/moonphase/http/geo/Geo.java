package moonphase.http.geo;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Network;
import moonphase.spi.Template;

/**
 * One {@code geo}: gives a variable its value. Immutable.
 *
 * <p>Source: ngx_http_geo_cidr_variable, ngx_http_geo_range_variable, ngx_http_get_forwarded_addr.
 *
 * @param source an address as text; absent for the client's
 * @param proxies whose {@code X-Forwarded-For} is believed
 * @param isRecursive whether it is followed through several of them
 * @param lookup the values
 */
record Geo(Optional<Template> source, List<Network> proxies, boolean isRecursive, Lookup lookup) {
  /** What stands for an address that cannot be told. */
  private static final Network NOBODY = new Network(false, -1L << 32, 0, 32);

  /** The value now. Worker thread. */
  String value(Exchange exchange) {
    String value = lookup.find(forwarded(exchange, address(exchange)));
    if (exchange.log().isEnabled(LogLevel.DEBUG)) {
      exchange.log().log(LogLevel.DEBUG, "http geo: " + value);
    }
    return value;
  }

  private Network address(Exchange exchange) {
    if (source.isPresent()) {
      return parse(source.get().evaluate(exchange)).orElse(NOBODY);
    }
    return exchange.connection().remote() instanceof InetSocketAddress inet
        ? Network.of(inet.getAddress())
        : NOBODY;
  }

  /** Reads an address; one of IPv6 that stands for one of IPv4 is taken as that. */
  private static Optional<Network> parse(String text) {
    return Network.parse(text)
        .filter(address -> text.indexOf('/') < 0)
        .map(address ->
            address.isInet6() && address.high() == 0 && address.low() >>> 32 == 0xffff
                ? new Network(false, address.low() << 32, 0, 32)
                : address);
  }

  /** Follows {@code X-Forwarded-For} from its end as long as proxies wrote it. */
  private Network forwarded(Exchange exchange, Network direct) {
    if (proxies.isEmpty()) {
      return direct;
    }
    String[] hops =
        String.join(",", exchange.request().headers().all("X-Forwarded-For")).split("[ ,]+");
    Network address = direct;
    for (int i = hops.length - 1; i >= 0 && isProxy(address); i--) {
      Optional<Network> hop = parse(withoutPort(hops[i]));
      if (hop.isEmpty()) {
        return address;
      }
      address = hop.get();
      if (!isRecursive) {
        return address;
      }
    }
    return address;
  }

  private boolean isProxy(Network address) {
    return proxies.stream().anyMatch(proxy -> proxy.contains(address));
  }

  private static String withoutPort(String text) {
    if (text.startsWith("[")) {
      return text.replaceFirst("^\\[([^\\]]*)\\](:\\d+)?$", "$1");
    }
    return text.replaceFirst("^([\\d.]+):\\d+$", "$1");
  }
}
