package moonphase.http.authbasic;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LIMIT_EXCEPT;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module: {@code auth_basic} and {@code auth_basic_user_file}. */
@Component
public final class AuthBasicModule implements HttpModule {
  /** The module, with nothing to set up. */
  public AuthBasicModule() {}

  @Override
  public String name() {
    return "auth_basic";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("auth_basic")
            .in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT)
            .args(1)
            .sets(AuthBasicConf.KEY, (conf, args) -> conf.withRealm(args.template(0))),
        directive("auth_basic_user_file")
            .in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT)
            .args(1)
            .sets(AuthBasicConf.KEY, (conf, args) -> conf.withFile(UserFileName.read(args))));
  }
}
