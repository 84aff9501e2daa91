package moonphase.http.geo;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;

import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code geo}, with its directive. */
@Component
public final class GeoModule implements HttpModule {

  /** What is read is kept by the variables; a block has nothing to remember. */
  record Nothing() implements Conf<Nothing> {
    static final ConfKey<Nothing> KEY = new ConfKey<>("geo", new Nothing());

    @Override
    public Nothing inherit(Nothing outer) {
      return this;
    }
  }

  /** The module, with nothing to set up. */
  public GeoModule() {}

  @Override
  public String name() {
    return "geo";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("geo")
            .in(HTTP)
            .args(1, 2)
            .repeatable()
            .entries()
            .sets(
                Nothing.KEY,
                (conf, args) -> {
                  GeoReader.read(args);
                  return conf;
                }));
  }
}
