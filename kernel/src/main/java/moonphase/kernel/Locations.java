package moonphase.kernel;

import moonphase.kernel.conf.Block;
import moonphase.kernel.conf.LocationTree;
import moonphase.kernel.conf.RegexMatch;
import moonphase.spi.LogLevel;
import moonphase.spi.RegexException;
import moonphase.spi.Request;
import moonphase.spi.UriPath;
import moonphase.spi.Verdict;

/**
 * Finds the location of an exchange, and what keeps it from being served there. Worker thread only,
 * stateless.
 *
 * <p>Source: ngx_http_core_find_config_phase.
 */
final class Locations {
  private Locations() {}

  /** Chooses; returns whether the walk goes on. */
  static boolean choose(KernelExchange exchange) {
    Request request = exchange.request();
    request.uriChanged(false);
    LocationTree.Found found;
    try {
      found = exchange.server().locations().find(request.uri());
    } catch (RegexException e) {
      exchange.log().log(LogLevel.ALERT, String.valueOf(e.getMessage()));
      return Finalizer.apply(exchange, Verdict.finish(500));
    }
    for (RegexMatch match : found.matches()) {
      match.applyTo(exchange);
    }
    Block block = found.block();
    if (block != null) {
      exchange.location().stand(block);
    }
    return check(exchange, found.isMissingSlash());
  }

  private static boolean check(KernelExchange exchange, boolean isMissingSlash) {
    Request request = exchange.request();
    if (!request.isInternal() && exchange.core().isInternal()) {
      return Finalizer.apply(exchange, Verdict.finish(404));
    }
    if (exchange.cycle().isClosed(exchange.location().block())) {
      return HeldRequests.hold(exchange);
    }
    if (!exchange.isSubrequest() && isTooLarge(exchange)) {
      return Finalizer.apply(exchange, Verdict.finish(413));
    }
    if (isMissingSlash) {
      String path = UriPath.escape(request.uri()) + "/";
      exchange
          .response()
          .headers()
          .set("Location", request.args().isEmpty() ? path : path + "?" + request.args());
      return Finalizer.apply(exchange, Verdict.finish(301));
    }
    return exchange.goTo(exchange.position() + 1);
  }

  private static boolean isTooLarge(KernelExchange exchange) {
    long length = exchange.stream().hasBody() ? exchange.stream().bodyLength() : -1;
    long most = exchange.core().clientMaxBodySize();
    if (length < 0 || most == 0 || length <= most || exchange.request().body().isRead()) {
      return false;
    }
    exchange.log().log(
        LogLevel.ERROR, "client intended to send too large body: " + length + " bytes");
    return true;
  }
}
