package moonphase.dist.guest;

import java.util.Hashtable;
import java.util.List;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Notes each request in REWRITE, ACCESS and LOG, and turns away who asks for {@code /guest}. */
public final class Guest implements BundleActivator {
  /** Made by the framework. */
  public Guest() {}

  @Override
  public void start(BundleContext context) {
    for (Phase phase : List.of(Phase.REWRITE, Phase.ACCESS, Phase.LOG)) {
      var properties = new Hashtable<String, Object>();
      properties.put("phase", phase.name());
      properties.put("module", "guest");
      PhaseHandler handler = exchange -> note(exchange, phase);
      context.registerService(PhaseHandler.class, handler, properties);
    }
  }

  @Override
  public void stop(BundleContext context) {}

  private static Verdict note(Exchange exchange, Phase phase) {
    exchange.log().log(LogLevel.NOTICE, "guest in " + phase);
    boolean isUnwanted = phase == Phase.ACCESS && exchange.request().uri().equals("/guest");
    return isUnwanted ? Verdict.finish(403) : Verdict.DECLINED;
  }
}
