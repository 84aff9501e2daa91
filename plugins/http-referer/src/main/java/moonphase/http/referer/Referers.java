package moonphase.http.referer;

import java.util.List;
import java.util.Locale;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Exchange;
import moonphase.spi.HostNames;
import moonphase.spi.Regex;
import moonphase.spi.RegexException;
import org.jspecify.annotations.Nullable;

/**
 * {@code valid_referers}: where requests may come from; anywhere, if no host is named. Immutable
 * once read.
 *
 * <p>Source: ngx_http_referer_variable.
 *
 * @param isSet whether anything was written
 * @param isNone {@code none}: no {@code Referer}
 * @param isBlocked {@code blocked}: one without a scheme, as firewalls leave it
 * @param isServerName {@code server_names}: the server's own names
 * @param hosts the beginning of a path by host; empty for any path
 * @param expressions matched against what follows the scheme
 */
record Referers(
    boolean isSet,
    boolean isNone,
    boolean isBlocked,
    boolean isServerName,
    HostNames<String> hosts,
    List<Regex> expressions)
    implements Conf<Referers> {
  static final ConfKey<Referers> KEY =
      new ConfKey<>(
          "referer", new Referers(false, false, false, false, new HostNames<>(), List.of()));
  private static final int LONGEST_HOST = 256;

  @Override
  public Referers inherit(Referers outer) {
    return isSet ? this : outer;
  }

  /** Whether a request comes from where it may. Worker thread. */
  boolean isValid(Exchange exchange) {
    String referer = exchange.request().headers().get("Referer");
    if (hosts.isEmpty() && expressions.isEmpty() && !isServerName) {
      return true;
    }
    if (referer == null) {
      return isNone;
    }
    String rest = withoutScheme(referer);
    return rest == null ? isBlocked : isValid(exchange, rest);
  }

  private static @Nullable String withoutScheme(String referer) {
    if (referer.regionMatches(true, 0, "http://", 0, 7)) {
      return referer.substring(7);
    }
    return referer.regionMatches(true, 0, "https://", 0, 8) ? referer.substring(8) : null;
  }

  private boolean isValid(Exchange exchange, String rest) {
    int end = 0;
    while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != ':') {
      end++;
    }
    if (end >= LONGEST_HOST) {
      return false;
    }
    String host = rest.substring(0, end).toLowerCase(Locale.ROOT);
    String path = hosts.find(host);
    if (path != null) {
      int slash = rest.indexOf('/', end);
      return path.isEmpty() || (slash >= 0 && rest.startsWith(path, slash));
    }
    if (isServerName && exchange.location().isServerName(host)) {
      return true;
    }
    try {
      return expressions.stream().anyMatch(expression -> expression.match(rest) != null);
    } catch (RegexException givenUp) {
      return false;
    }
  }
}
