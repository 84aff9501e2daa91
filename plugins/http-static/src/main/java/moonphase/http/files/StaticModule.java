package moonphase.http.files;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code static}: {@code etag}, {@code log_not_found}, {@code disable_symlinks}. */
@Component
public final class StaticModule implements HttpModule {
  /** The module, with nothing to set up. */
  public StaticModule() {}

  @Override
  public String name() {
    return "static";
  }

  @Override
  public boolean isImplicit() {
    return true;
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("etag")
            .in(HTTP, SERVER, LOCATION)
            .args(1)
            .sets(StaticConf.KEY, (conf, args) -> conf.withEtag(args.flag(0))),
        directive("log_not_found")
            .in(HTTP, SERVER, LOCATION)
            .args(1)
            .sets(StaticConf.KEY, (conf, args) -> conf.withLogNotFound(args.flag(0))),
        directive("disable_symlinks")
            .in(HTTP, SERVER, LOCATION)
            .args(1, 2)
            .sets(StaticConf.KEY, (conf, args) -> conf.withSymlinks(SymlinkRule.read(args))));
  }
}
