package moonphase.http.files;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code try_files}, with its directive. */
@Component
public final class TryFilesModule implements HttpModule {
  /** The module, with nothing to set up. */
  public TryFilesModule() {}

  @Override
  public String name() {
    return "try_files";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("try_files")
            .in(SERVER, LOCATION)
            .args(2, Integer.MAX_VALUE)
            .sets(TryFilesConf.KEY, (conf, args) -> TryFilesConf.read(args)));
  }
}
