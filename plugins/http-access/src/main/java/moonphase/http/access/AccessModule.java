package moonphase.http.access;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LIMIT_EXCEPT;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module: {@code allow} and {@code deny}. */
@Component
public final class AccessModule implements HttpModule {
  /** The module, with nothing to set up. */
  public AccessModule() {}

  @Override
  public String name() {
    return "access";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(rule("allow", false), rule("deny", true));
  }

  private static Directive<AccessConf> rule(String name, boolean isDenial) {
    return directive(name)
        .in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT)
        .args(1)
        .repeatable()
        .sets(AccessConf.KEY, (conf, args) -> conf.with(Rule.read(args, isDenial)));
  }
}
