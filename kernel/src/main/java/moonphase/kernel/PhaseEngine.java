package moonphase.kernel;

import moonphase.kernel.Step.Checker;
import moonphase.spi.LogLevel;
import moonphase.spi.Request;
import moonphase.spi.Verdict;

/**
 * Walks exchanges through the phases: one loop over one flat array. Worker thread only, stateless.
 *
 * <p>Source: ngx_http_core_run_phases and the checkers beside it.
 */
final class PhaseEngine {
  private PhaseEngine() {}

  /** Walks until something is waited for, or the request is answered. */
  static void run(KernelExchange exchange) {
    Step[] steps = exchange.cycle().chain().steps();
    boolean walks = true;
    while (walks) {
      exchange.goTo(exchange.location().chain().next()[exchange.position()]);
      Step step = steps[exchange.position()];
      walks =
          switch (step.checker()) {
            case FIND_CONFIG -> Locations.choose(exchange);
            case POST_REWRITE -> followChangedUri(exchange, step);
            case POST_ACCESS -> concludeAccess(exchange);
            case NO_CONTENT -> refuse(exchange);
            case ACCESS ->
                exchange.isSubrequest() ? exchange.goTo(step.next()) : call(exchange, step);
            case GENERIC, REWRITE, CONTENT -> call(exchange, step);
          };
    }
  }

  /** Calls a handler, unless it has left since the request began. */
  private static boolean call(KernelExchange exchange, Step step) {
    if (!step.plugin().presence().hasLeft()) {
      return judge(exchange, step, exchange.calls().call(step));
    }
    return exchange.cycle().needs(exchange.location().block(), step.plugin())
        ? HeldRequests.hold(exchange)
        : exchange.goTo(exchange.position() + 1);
  }

  /** Goes on with the verdict of a handler that was waited for. */
  static void resume(KernelExchange exchange, Verdict verdict) {
    Step step = exchange.cycle().chain().steps()[exchange.position()];
    if (judge(exchange, step, verdict)) {
      run(exchange);
    }
  }

  /**
   * Gives a verdict its meaning, by the table in {@link Verdict}.
   *
   * @return whether the walk goes on, at the position that was set
   */
  private static boolean judge(KernelExchange exchange, Step step, Verdict verdict) {
    switch (verdict.kind()) {
      case SUSPENDED:
        return false;
      case DECLINED:
        return exchange.goTo(exchange.position() + 1);
      case OK:
        return agree(exchange, step);
      case FINISH:
        if (step.checker() == Checker.ACCESS && exchange.location().isSatisfyAny()) {
          int status = verdict.status();
          if (status == 403 || status == 401 || status == 407) {
            exchange.refuseAccess(status);
            return exchange.goTo(exchange.position() + 1);
          }
        }
        return step.checker() == Checker.ACCESS
            ? deny(exchange, verdict.status())
            : Finalizer.apply(exchange, verdict);
      default:
        return Finalizer.apply(exchange, verdict);
    }
  }

  private static boolean agree(KernelExchange exchange, Step step) {
    return switch (step.checker()) {
      case GENERIC -> exchange.goTo(step.next());
      case ACCESS -> {
        if (!exchange.location().isSatisfyAny()) {
          yield exchange.goTo(exchange.position() + 1);
        }
        exchange.refuseAccess(0);
        exchange.response().headers().remove("WWW-Authenticate");
        yield exchange.goTo(step.next());
      }
      default -> Finalizer.apply(exchange, Verdict.OK);
    };
  }

  private static boolean followChangedUri(KernelExchange exchange, Step step) {
    Request request = exchange.request();
    if (!request.isUriChanged()) {
      return exchange.goTo(exchange.position() + 1);
    }
    if (!exchange.changeUri()) {
      exchange.log().log(
          LogLevel.ERROR,
          "rewrite or internal redirection cycle while processing \"" + request.uri() + "\"");
      return Finalizer.apply(exchange, Verdict.finish(500));
    }
    exchange.location().leave();
    return exchange.goTo(step.next());
  }

  private static boolean concludeAccess(KernelExchange exchange) {
    int refused = exchange.refusedAccess();
    if (refused == 0) {
      return exchange.goTo(exchange.position() + 1);
    }
    exchange.refuseAccess(0);
    if (refused == 403) {
      exchange.log().log(LogLevel.ERROR, "access forbidden by rule");
    }
    return deny(exchange, refused);
  }

  /** Denies access, for a wrong password after {@code auth_delay}. */
  private static boolean deny(KernelExchange exchange, int status) {
    long delay = status == 401 ? exchange.core().authDelay() : 0;
    if (delay == 0) {
      return Finalizer.apply(exchange, Verdict.finish(status));
    }
    exchange
        .connection()
        .worker()
        .schedule(
            delay,
            () -> {
              if (!exchange.ending().isOver()
                  && Finalizer.apply(exchange, Verdict.finish(status))) {
                exchange.walk();
              }
            });
    return false;
  }

  private static boolean refuse(KernelExchange exchange) {
    String uri = exchange.request().uri();
    if (!uri.endsWith("/")) {
      return Finalizer.apply(exchange, Verdict.finish(404));
    }
    exchange.log().log(
        LogLevel.ERROR,
        "directory index of \"" + exchange.location().file(uri) + "\" is forbidden");
    return Finalizer.apply(exchange, Verdict.finish(403));
  }
}
