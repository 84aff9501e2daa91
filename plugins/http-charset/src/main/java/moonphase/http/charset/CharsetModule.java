package moonphase.http.charset;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code charset}: its directives. */
@Component
public final class CharsetModule implements HttpModule {
  /** The module, with nothing to set up. */
  public CharsetModule() {}

  @Override
  public String name() {
    return "charset";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        setting("charset").sets(CharsetConf.KEY, CharsetConf::withCharset),
        setting("source_charset").sets(CharsetConf.KEY, CharsetConf::withSource),
        setting("override_charset").sets(CharsetConf.KEY, CharsetConf::withOverride),
        directive("charset_types")
            .in(HTTP, SERVER, LOCATION)
            .args(1, Integer.MAX_VALUE)
            .repeatable()
            .sets(CharsetConf.KEY, CharsetConf::withTypes),
        directive("charset_map")
            .in(HTTP)
            .args(2)
            .repeatable()
            .entries()
            .sets(CharsetMaps.KEY, CharsetMaps::with));
  }

  private static Directive.Builder setting(String name) {
    return directive(name).in(HTTP, SERVER, LOCATION, LOCATION_IF).args(1);
  }
}
