package moonphase.http.rewrite;

import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.RewriteScript;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** Runs the location's script; a server without a matching location has had its turn. */
@Component
@HandlerOf(phase = Phase.REWRITE, module = "rewrite")
public final class LocationRewriteHandler implements PhaseHandler {
  /** The handler, without state. */
  public LocationRewriteHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(RewriteScript.KEY).instructions().isEmpty();
  }

  @Override
  public Verdict handle(Exchange exchange) {
    return exchange.location().name().isEmpty()
        ? Verdict.DECLINED
        : ServerRewriteHandler.run(exchange);
  }
}
