package moonphase.kernel;

import moonphase.spi.Verdict;

/**
 * Gives the verdicts that end a walk their effect. Worker thread only, stateless.
 *
 * <p>Source: ngx_http_finalize_request, ngx_http_lua_post_subrequest.
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
          if (endsHere(exchange, next.status())) {
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

  /**
   * Whether a status is not answered. After 408, 444 and 499 the connection is closed, unless a
   * header filter has put them in the place of a response. A captured subrequest gives the status
   * alone to whoever asked, without an {@code error_page} or a body.
   */
  private static boolean endsHere(KernelExchange exchange, int status) {
    KernelResponse response = exchange.response();
    Child child = exchange.child();
    if (child != null && child.isCaptured() && !response.isHeaderSent() && isSpecial(status)) {
      if (status < 300) {
        response.headers().set("Content-Length", "0");
      }
      return true;
    }
    return (status == 408 || status == 444 || status == 499) && !response.isReplaced();
  }

  private static boolean isSpecial(int status) {
    return status >= 300 || status == 201 || status == 204;
  }

  /** Returns OK when the response is complete, or what is to be done instead. */
  private static Verdict finish(KernelExchange exchange, int status) {
    KernelResponse response = exchange.response();
    if (response.isHeaderSent()) {
      return response.end();
    }
    if (isSpecial(status)) {
      return SpecialResponses.answer(exchange, status);
    }
    if (response.status() == 0) {
      response.status(status);
    }
    return response.end();
  }
}
