package moonphase.kernel;

import java.util.Map;
import moonphase.spi.BlockingPhaseHandler;
import moonphase.spi.Decision;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Request;
import moonphase.spi.RequestSnapshot;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;

/**
 * Runs a handler that blocks.
 *
 * <p>Threads: the handler runs on a virtual thread with a copy of the request while the exchange is
 * suspended; what it decided is applied on the worker.
 *
 * @param handler the handler
 * @param plugin whose it is, for messages
 */
record BlockingStep(BlockingPhaseHandler handler, Plugin plugin) implements PhaseHandler {
  @Override
  public Verdict handle(Exchange exchange) {
    Request request = exchange.request();
    RequestSnapshot snapshot =
        new RequestSnapshot(
            request.method(),
            request.uri(),
            request.args(),
            request.host(),
            new Headers(request.headers()),
            exchange.connection().remote());
    Suspension suspension = exchange.suspend();
    Thread thread =
        Thread.ofVirtual()
            .name("blocking " + plugin.module())
            .unstarted(() -> run(exchange, snapshot, suspension));
    ((KernelExchange) exchange).calls().runsOn(thread);
    thread.start();
    return Verdict.SUSPENDED;
  }

  private void run(Exchange exchange, RequestSnapshot snapshot, Suspension suspension) {
    Decision decision;
    try {
      decision = handler.handle(snapshot);
    } catch (Exception | Error e) {
      exchange
          .connection()
          .worker()
          .execute(() -> {
            exchange.log().log(
                LogLevel.ERROR,
                "the handler "
                    + handler.getClass().getName()
                    + " of "
                    + plugin.described()
                    + " failed",
                e);
            suspension.conclude(Verdict.finish(500));
          });
      return;
    }
    exchange.connection().worker().execute(() -> suspension.conclude(apply(exchange, decision)));
  }

  private static Verdict apply(Exchange exchange, Decision decision) {
    edit(exchange.request().headers(), decision.requestHeaders());
    edit(exchange.response().headers(), decision.responseHeaders());
    decision
        .variables()
        .forEach((name, value) -> {
          if (exchange.variables().set(name, value) != moonphase.spi.Variables.Outcome.SET) {
            exchange.log().log(LogLevel.ERROR, "variable \"" + name + "\" cannot be changed");
          }
        });
    return decision.verdict();
  }

  private static void edit(Headers headers, Map<String, String> edits) {
    edits.forEach((name, value) -> {
      if (value.isEmpty()) {
        headers.remove(name);
      } else {
        headers.set(name, value);
      }
    });
  }
}
