package moonphase.kernel;

import moonphase.kernel.conf.Block;
import moonphase.spi.LogLevel;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Sends exchanges to another URI or to a named location. Worker thread only, stateless.
 *
 * <p>Source: ngx_http_internal_redirect, ngx_http_named_location.
 */
final class Redirects {
  private Redirects() {}

  /** Starts over with another URI; returns whether the walk goes on. */
  static boolean redirect(KernelExchange exchange, String uri, String args) {
    if (!exchange.changeUri()) {
      return fail(
          exchange,
          "rewrite or internal redirection cycle while internally redirecting to \"" + uri + "\"");
    }
    exchange.request().uri(uri);
    exchange.request().args(args);
    exchange.location().leave();
    return restart(exchange, exchange.cycle().chain().serverRewrite());
  }

  /** Goes on in a named location with the same URI; returns whether the walk goes on. */
  static boolean named(KernelExchange exchange, String name) {
    if (!exchange.changeUri()) {
      return fail(
          exchange,
          "rewrite or internal redirection cycle while redirect to named location \""
              + name
              + "\"");
    }
    if (exchange.request().uri().isEmpty()) {
      return fail(exchange, "empty URI in redirect to named location \"" + name + "\"");
    }
    @Nullable Block block = exchange.server().named(name);
    if (block == null) {
      return fail(exchange, "could not find named location \"" + name + "\"");
    }
    exchange.location().stand(block);
    return restart(exchange, exchange.cycle().chain().rewrite());
  }

  private static boolean restart(KernelExchange exchange, int position) {
    exchange.request().internal(true);
    exchange.request().uriChanged(false);
    exchange.attributes().clear();
    return exchange.goTo(position);
  }

  private static boolean fail(KernelExchange exchange, String message) {
    exchange.log().log(LogLevel.ERROR, message);
    return Finalizer.apply(exchange, Verdict.finish(500));
  }
}
