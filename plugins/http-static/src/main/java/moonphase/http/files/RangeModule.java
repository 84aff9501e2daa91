package moonphase.http.files;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.Setting;
import org.osgi.service.component.annotations.Component;

/** The module {@code range_header}: {@code max_ranges}. */
@Component
public final class RangeModule implements HttpModule {

  /**
   * How many ranges a request may ask for.
   *
   * @param max {@code max_ranges}; 0 for none
   */
  record RangeConf(Setting<Integer> max) implements Conf<RangeConf> {
    static final ConfKey<RangeConf> KEY =
        new ConfKey<>("range_header", new RangeConf(Setting.unset()));

    @Override
    public RangeConf inherit(RangeConf outer) {
      return new RangeConf(max.inherit(outer.max));
    }
  }

  /** The module, with nothing to set up. */
  public RangeModule() {}

  @Override
  public String name() {
    return "range_header";
  }

  @Override
  public boolean isImplicit() {
    return true;
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("max_ranges")
            .in(HTTP, SERVER, LOCATION)
            .args(1)
            .sets(RangeConf.KEY, (conf, args) -> new RangeConf(Setting.of(args.number(0)))));
  }
}
