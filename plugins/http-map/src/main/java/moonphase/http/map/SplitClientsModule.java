package moonphase.http.map;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code split_clients}, with its directive. */
@Component
public final class SplitClientsModule implements HttpModule {
  /** The module, with nothing to set up. */
  public SplitClientsModule() {}

  @Override
  public String name() {
    return "split_clients";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("split_clients")
            .in(HTTP)
            .args(2)
            .repeatable()
            .entries()
            .sets(
                MapModule.Nothing.KEY,
                (conf, args) -> {
                  SplitClients.read(args);
                  return conf;
                }));
  }
}
