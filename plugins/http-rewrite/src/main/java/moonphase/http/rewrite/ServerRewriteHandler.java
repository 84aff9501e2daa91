package moonphase.http.rewrite;

import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.RewriteScript;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** Runs the server's script before a location is chosen. Worker thread. */
@Component
@HandlerOf(phase = Phase.SERVER_REWRITE, module = "rewrite")
public final class ServerRewriteHandler implements PhaseHandler {
  /** The handler, without state. */
  public ServerRewriteHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(RewriteScript.KEY).instructions().isEmpty();
  }

  @Override
  public Verdict handle(Exchange exchange) {
    return run(exchange);
  }

  static Verdict run(Exchange exchange) {
    RewriteScript script = exchange.conf(RewriteScript.KEY);
    if (script.instructions().isEmpty()) {
      return Verdict.DECLINED;
    }
    exchange.attributes().put(Value.IS_PLAIN, false);
    Verdict verdict = script.run(exchange);
    return verdict == Verdict.OK ? Verdict.DECLINED : verdict;
  }
}
