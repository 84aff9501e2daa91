package moonphase.kernel;

import moonphase.spi.Verdict;

/**
 * Gives the verdicts that end a walk their effect. Worker thread only, stateless.
 *
 * <p>Source: ngx_http_finalize_request.
 */
final class Finalizer {
  private Finalizer() {}

  /**
   * Ends a request, or sends it elsewhere.
   *
   * @return whether the walk goes on, at the position that was set
   */
  static boolean apply(KernelExchange exchange, Verdict verdict) {
    Verdict next = verdict;
    while (true) {
      switch (next.kind()) {
        case REDIRECT:
          return Redirects.redirect(exchange, next.target(), next.args());
        case NAMED:
          return Redirects.named(exchange, next.target());
        case ERROR:
          exchange.ending().terminate(0);
          return false;
        case FINISH:
          if (isFatal(next.status())) {
            exchange.ending().terminate(next.status());
            return false;
          }
          next = finish(exchange, next.status());
          break;
        default:
          next = exchange.response().end();
          break;
      }
      if (next == Verdict.OK) {
        exchange.ending().conclude();
        return false;
      }
    }
  }

  /** 408, 444 and 499 are not answered: the connection is closed. */
  private static boolean isFatal(int status) {
    return status == 408 || status == 444 || status == 499;
  }

  /** Returns OK when the response is complete, or what is to be done instead. */
  private static Verdict finish(KernelExchange exchange, int status) {
    KernelResponse response = exchange.response();
    if (response.isHeaderSent()) {
      return response.end();
    }
    if (status >= 300 || status == 201 || status == 204) {
      return SpecialResponses.answer(exchange, status);
    }
    if (response.status() == 0) {
      response.status(status);
    }
    return response.end();
  }
}
