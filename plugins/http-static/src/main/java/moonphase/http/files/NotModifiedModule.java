package moonphase.http.files;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code not_modified}: {@code if_modified_since}. */
@Component
public final class NotModifiedModule implements HttpModule {
  /** The module, with nothing to set up. */
  public NotModifiedModule() {}

  @Override
  public String name() {
    return "not_modified";
  }

  @Override
  public boolean isImplicit() {
    return true;
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("if_modified_since")
            .in(HTTP, SERVER, LOCATION)
            .args(1)
            .sets(NotModifiedConf.KEY, (conf, args) -> NotModifiedConf.read(args)));
  }
}
