package moonphase.http.access;

import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** Asks the rules; the first that fits decides. Worker thread. */
@Component
@HandlerOf(phase = Phase.ACCESS, module = "access")
public final class AccessHandler implements PhaseHandler {
  /** The handler, without state. */
  public AccessHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(AccessConf.KEY).rules().isEmpty();
  }

  @Override
  public Verdict handle(Exchange exchange) {
    for (Rule rule : exchange.conf(AccessConf.KEY).rules()) {
      if (rule.fits(exchange.connection().remote())) {
        return rule.isDenial() ? deny(exchange) : Verdict.OK;
      }
    }
    return Verdict.DECLINED;
  }

  /** Under {@code satisfy any} the engine tells it, if nobody else consents. */
  private static Verdict deny(Exchange exchange) {
    if (!exchange.location().isSatisfyAny()) {
      exchange.log().log(LogLevel.ERROR, "access forbidden by rule");
    }
    return Verdict.finish(403);
  }
}
