package moonphase.http.map;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;

import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code map}: {@code map}, {@code map_hash_bucket_size}, {@code map_hash_max_size}. */
@Component
public final class MapModule implements HttpModule {

  /** What is read is kept by the variables; a block has nothing to remember. */
  record Nothing() implements Conf<Nothing> {
    static final ConfKey<Nothing> KEY = new ConfKey<>("map", new Nothing());

    @Override
    public Nothing inherit(Nothing outer) {
      return this;
    }
  }

  /** The module, with nothing to set up. */
  public MapModule() {}

  @Override
  public String name() {
    return "map";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("map")
            .in(HTTP)
            .args(2)
            .repeatable()
            .entries()
            .sets(
                Nothing.KEY,
                (conf, args) -> {
                  MapReader.read(args);
                  return conf;
                }),
        hashSize("map_hash_bucket_size"),
        hashSize("map_hash_max_size"));
  }

  private static Directive<Nothing> hashSize(String name) {
    return directive(name)
        .in(HTTP)
        .args(1)
        .sets(
            Nothing.KEY,
            (conf, args) -> {
              args.number(0);
              args.hasNoEffect("the Java virtual machine's hash tables grow by themselves");
              return conf;
            });
  }
}
