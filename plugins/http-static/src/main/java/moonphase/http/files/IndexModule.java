package moonphase.http.files;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code index}, with its directive. */
@Component
public final class IndexModule implements HttpModule {
  /** The module, with nothing to set up. */
  public IndexModule() {}

  @Override
  public String name() {
    return "index";
  }

  @Override
  public boolean isImplicit() {
    return true;
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("index")
            .in(HTTP, SERVER, LOCATION)
            .args(1, Integer.MAX_VALUE)
            .repeatable()
            .sets(IndexConf.KEY, IndexConf::with));
  }
}
