package moonphase.dist.live;

import java.util.Hashtable;
import moonphase.spi.Exchange;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle that acts everywhere and shows its version in each response: an access handler in {@code
 * X-Guard}, a filter in {@code X-Filter}.
 */
public final class Guard implements BundleActivator {
  /** Made by the framework. */
  public Guard() {}

  @Override
  public void start(BundleContext context) {
    String version = context.getBundle().getVersion().toString();
    PhaseHandler access = exchange -> mark(exchange, "X-Guard", version, Verdict.DECLINED);
    var properties = new Hashtable<String, Object>();
    properties.put("phase", Phase.ACCESS.name());
    properties.put("module", "guard");
    context.registerService(PhaseHandler.class, access, properties);
    HeaderFilter filter = exchange -> mark(exchange, "X-Filter", version, Verdict.OK);
    properties = new Hashtable<>();
    properties.put("module", "guard_filter");
    context.registerService(HeaderFilter.class, filter, properties);
  }

  @Override
  public void stop(BundleContext context) {}

  private static Verdict mark(Exchange exchange, String field, String version, Verdict verdict) {
    exchange.response().headers().set(field, version);
    return verdict;
  }
}
