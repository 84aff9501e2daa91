package moonphase.http.gzip;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import moonphase.http.gzip.ClientConf.Proxied;
import moonphase.spi.Attributes;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.HttpDate;
import moonphase.spi.Regex;
import moonphase.spi.RegexException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the client of a request is to get compressed responses. Stateless, worker thread.
 *
 * <p>Source: ngx_http_gzip_ok.
 */
final class Client {
  /** What was found out; it holds for the request. */
  private static final Attributes.Key<Boolean> TAKES_GZIP = new Attributes.Key<>("gzip: taken");

  private Client() {}

  static boolean takesGzip(Exchange exchange) {
    Boolean known = exchange.attributes().get(TAKES_GZIP);
    if (known != null) {
      return known;
    }
    boolean takes = test(exchange);
    exchange.attributes().put(TAKES_GZIP, takes);
    return takes;
  }

  private static boolean test(Exchange exchange) {
    Headers asked = exchange.request().headers();
    String accepted = asked.get("Accept-Encoding");
    if (exchange.isSubrequest() || accepted == null || !AcceptEncoding.takesGzip(accepted)) {
      return false;
    }
    ClientConf conf = exchange.conf(ClientConf.KEY);
    String agent = asked.get("User-Agent");
    if (conf.exceptions().isMsie6() && agent != null && isMsie6(agent)) {
      return false;
    }
    return exchange.request().head().version() >= conf.lowestVersion()
        && (!asked.contains("Via") || isForProxy(exchange, conf.forProxies()))
        && (agent == null || conf.exceptions().agents().stream().noneMatch(a -> fits(a, agent)));
  }

  private static boolean fits(Regex expression, String agent) {
    try {
      return expression.match(agent) != null;
    } catch (RegexException givenUp) {
      return true; // as upstream: what cannot be told is not compressed
    }
  }

  /** Source: ngx_http_process_user_agent. */
  private static boolean isMsie6(String agent) {
    int at = agent.indexOf("MSIE ");
    if (at < 0 || at + 7 >= agent.length() || agent.charAt(at + 6) != '.') {
      return false;
    }
    char version = agent.charAt(at + 5);
    return version == '4'
        || version == '5'
        || (version == '6' && !agent.substring(at + 8).contains("SV1"));
  }

  private static boolean isForProxy(Exchange exchange, Set<Proxied> wanted) {
    if (wanted.contains(Proxied.OFF)) {
      return false;
    }
    if (wanted.contains(Proxied.ANY)
        || (wanted.contains(Proxied.AUTH)
            && exchange.request().headers().contains("Authorization"))) {
      return true;
    }
    Headers given = exchange.response().headers();
    String expires = given.get("Expires");
    if (expires != null) {
      return wanted.contains(Proxied.EXPIRED) && isExpired(exchange, expires, given.get("Date"));
    }
    List<String> control = given.all("Cache-Control");
    if (!control.isEmpty()) {
      return isControlled(wanted, String.join(",", control).toLowerCase(Locale.ROOT));
    }
    return !(wanted.contains(Proxied.NO_LAST_MODIFIED) && given.contains("Last-Modified"))
        && !(wanted.contains(Proxied.NO_ETAG) && given.contains("ETag"));
  }

  private static boolean isExpired(Exchange exchange, String expires, @Nullable String date) {
    long end = HttpDate.parse(expires);
    long now =
        date == null ? exchange.connection().worker().currentMillis() / 1000 : HttpDate.parse(date);
    return end >= 0 && now >= 0 && end < now;
  }

  private static boolean isControlled(Set<Proxied> wanted, String control) {
    List<String> said = List.of(control.split("[,; ]+"));
    return (wanted.contains(Proxied.NO_CACHE) && said.contains("no-cache"))
        || (wanted.contains(Proxied.NO_STORE) && said.contains("no-store"))
        || (wanted.contains(Proxied.PRIVATE) && said.contains("private"));
  }
}
