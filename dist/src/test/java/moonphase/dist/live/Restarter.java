package moonphase.dist.live;

import java.util.Hashtable;
import moonphase.spi.Exchange;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** A bundle whose handler, on the worker, updates the bundle {@code guard} when it is asked to. */
public final class Restarter implements BundleActivator {
  /** Made by the framework. */
  public Restarter() {}

  @Override
  public void start(BundleContext context) {
    PhaseHandler handler = exchange -> restart(exchange, context);
    var properties = new Hashtable<String, Object>();
    properties.put("phase", Phase.PREACCESS.name());
    properties.put("module", "restarter");
    context.registerService(PhaseHandler.class, handler, properties);
  }

  @Override
  public void stop(BundleContext context) {}

  private static Verdict restart(Exchange exchange, BundleContext context) {
    if (!"restart".equals(exchange.request().args())) {
      return Verdict.DECLINED;
    }
    try {
      for (Bundle bundle : context.getBundles()) {
        if ("guard".equals(bundle.getSymbolicName())) {
          bundle.update();
        }
      }
    } catch (BundleException e) {
      return Verdict.finish(500);
    }
    return Verdict.DECLINED;
  }
}
