package moonphase.kernel;

import moonphase.kernel.variable.ExchangeVariables;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Request;
import moonphase.spi.RequestBody;
import moonphase.spi.Subrequest;
import org.jspecify.annotations.Nullable;

/**
 * Starts subrequests. Worker thread only, stateless.
 *
 * <p>Source: ngx_http_subrequest.
 */
final class Subrequests {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_COUNT = 65_535;

  private Subrequests() {}

  static int depth(KernelExchange exchange) {
    Child child = exchange.child();
    return child == null ? 0 : child.depth();
  }

  /**
   * Starts one; its walk begins when the worker comes round.
   *
   * @throws IllegalStateException if there are too many
   */
  static Exchange start(KernelExchange parent, Subrequest asked) {
    if (depth(parent) >= MAX_DEPTH) {
      String message = "subrequests cycle while processing \"" + asked.uri() + "\"";
      parent.log().log(LogLevel.ERROR, message);
      throw new IllegalStateException(message);
    }
    Ending main = parent.main().ending();
    if (main.beginSubrequest() >= MAX_COUNT) {
      main.cancelSubrequest();
      String message =
          "request reference counter overflow while processing \"" + asked.uri() + "\"";
      parent.log().log(LogLevel.CRIT, message);
      throw new IllegalStateException(message);
    }
    KernelExchange exchange = new KernelExchange(parent, asked);
    main.add(exchange);
    parent.connection().worker().execute(() -> begin(exchange, asked));
    return exchange;
  }

  /** The request of a subrequest. */
  static Request request(KernelExchange exchange, KernelExchange parent, Subrequest asked) {
    Request outer = parent.request();
    RequestBody body =
        asked.body() == Subrequest.Body.PARENT ? outer.body() : new StoredBody(exchange, null);
    Request request =
        new Request(
            outer.head(),
            asked.uri(),
            asked.args(),
            body,
            parent.connection().worker().currentMillis());
    request.method(asked.method().isEmpty() ? outer.method() : asked.method());
    request.headers(asked.headers().orElseGet(() -> new Headers(outer.headers())));
    request.host(outer.host());
    request.internal(true);
    return request;
  }

  private static void begin(KernelExchange exchange, Subrequest asked) {
    try {
      asked.prepare().accept(exchange);
    } catch (RuntimeException | Error e) {
      exchange.log().log(LogLevel.ALERT, "a subrequest cannot be prepared", e);
      exchange.ending().terminate(500);
      return;
    }
    exchange.walk();
  }

  /** The variables of a subrequest; null for ones that begin empty. */
  static @Nullable ExchangeVariables variables(
      KernelExchange exchange, KernelExchange parent, Subrequest asked) {
    return switch (asked.variables()) {
      case SHARED -> parent.variables().shared(exchange);
      case COPIED -> parent.variables().copied(exchange);
      case FRESH -> null;
    };
  }
}
