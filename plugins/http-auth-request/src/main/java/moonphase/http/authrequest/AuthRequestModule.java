package moonphase.http.authrequest;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module: {@code auth_request} and {@code auth_request_set}. */
@Component
public final class AuthRequestModule implements HttpModule {
  /** The module, with nothing to set up. */
  public AuthRequestModule() {}

  @Override
  public String name() {
    return "auth_request";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("auth_request")
            .in(HTTP, SERVER, LOCATION)
            .args(1)
            .sets(AuthRequestConf.KEY, (conf, args) -> conf.withUri(args.get(0))),
        directive("auth_request_set")
            .in(HTTP, SERVER, LOCATION)
            .args(2)
            .repeatable()
            .sets(AuthRequestConf.KEY, AuthRequestConf::withAssignment));
  }
}
