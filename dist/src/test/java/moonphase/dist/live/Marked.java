package moonphase.dist.live;

import static moonphase.spi.Directive.directive;

import java.util.Hashtable;
import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.HttpModule;
import moonphase.spi.Level;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Variable;
import moonphase.spi.Verdict;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle with a directive: {@code marked FIELD} has an access handler show the bundle's version
 * in that field; {@code $marked_version} is the version as well.
 */
public final class Marked implements BundleActivator, HttpModule, PhaseHandler {
  /** The field of a block. */
  public record Field(String name) implements Conf<Field> {
    static final ConfKey<Field> KEY = new ConfKey<>("marked", new Field(""));

    @Override
    public Field inherit(Field outer) {
      return name.isEmpty() ? outer : this;
    }
  }

  private String version = "";

  /** Made by the framework. */
  public Marked() {}

  @Override
  public void start(BundleContext context) {
    version = context.getBundle().getVersion().toString();
    var properties = new Hashtable<String, Object>();
    properties.put("phase", Phase.ACCESS.name());
    properties.put("module", "marked");
    String[] types = {HttpModule.class.getName(), PhaseHandler.class.getName()};
    context.registerService(types, this, properties);
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public String name() {
    return "marked";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("marked")
            .in(Level.SERVER, Level.LOCATION)
            .args(1)
            .sets(Field.KEY, (conf, args) -> new Field(args.get(0))));
  }

  @Override
  public List<Variable> variables() {
    return List.of(Variable.volatileOf("marked_version", (exchange, name) -> version));
  }

  @Override
  public Verdict handle(Exchange exchange) {
    Field field = exchange.conf(Field.KEY);
    if (!field.name.isEmpty()) {
      exchange.response().headers().set(field.name, version);
    }
    return Verdict.DECLINED;
  }
}
