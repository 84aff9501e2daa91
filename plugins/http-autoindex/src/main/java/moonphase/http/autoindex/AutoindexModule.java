package moonphase.http.autoindex;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module: {@code autoindex} and its format. */
@Component
public final class AutoindexModule implements HttpModule {
  /** The module, with nothing to set up. */
  public AutoindexModule() {}

  @Override
  public String name() {
    return "autoindex";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("autoindex")
            .in(HTTP, SERVER, LOCATION)
            .sets(AutoindexConf.KEY, AutoindexConf::withEnabled),
        directive("autoindex_format")
            .in(HTTP, SERVER, LOCATION)
            .sets(AutoindexConf.KEY, AutoindexConf::withFormat),
        directive("autoindex_exact_size")
            .in(HTTP, SERVER, LOCATION)
            .sets(AutoindexConf.KEY, AutoindexConf::withExactSize),
        directive("autoindex_localtime")
            .in(HTTP, SERVER, LOCATION)
            .sets(AutoindexConf.KEY, AutoindexConf::withLocalTime));
  }
}
