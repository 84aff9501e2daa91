package moonphase.dist.guest;

import static moonphase.spi.Directive.directive;

import java.util.Hashtable;
import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Variable;
import moonphase.spi.Verdict;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Turns everybody away where {@code guest_deny} stands, and tells its bundle's version. */
public final class GuestModule implements BundleActivator, HttpModule {
  private String version = "";

  /** Made by the framework. */
  public GuestModule() {}

  /** What the directive sets. */
  public record Deny(boolean isOn) implements Conf<Deny> {
    static final ConfKey<Deny> KEY = new ConfKey<>("guest", new Deny(false));

    @Override
    public Deny inherit(Deny outer) {
      return isOn ? this : outer;
    }
  }

  @Override
  public void start(BundleContext context) {
    version = context.getBundle().getVersion().toString();
    var properties = new Hashtable<String, Object>();
    properties.put("phase", Phase.ACCESS.name());
    properties.put("module", name());
    PhaseHandler handler =
        exchange -> exchange.conf(Deny.KEY).isOn() ? Verdict.finish(403) : Verdict.DECLINED;
    context.registerService(HttpModule.class, this, null);
    context.registerService(PhaseHandler.class, handler, properties);
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public String name() {
    return "guest";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("guest_deny")
            .in(Level.LOCATION)
            .args(0)
            .sets(Deny.KEY, (conf, args) -> new Deny(true)));
  }

  @Override
  public List<Variable> variables() {
    return List.of(Variable.volatileOf("guest_version", (exchange, name) -> version));
  }
}
