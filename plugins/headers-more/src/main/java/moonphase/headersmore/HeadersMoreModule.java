package moonphase.headersmore;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module and its four directives. */
@Component
public final class HeadersMoreModule implements HttpModule {
  /** The module, with nothing to set up. */
  public HeadersMoreModule() {}

  @Override
  public String name() {
    return "headers_more";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        named("more_set_headers")
            .sets(
                HeadersMoreConf.KEY,
                (conf, args) -> conf.withOutput(new CommandReader(args, "tsa", true).read())),
        named("more_clear_headers")
            .sets(
                HeadersMoreConf.KEY,
                (conf, args) -> conf.withOutput(new CommandReader(args, "ts", false).read())),
        named("more_set_input_headers")
            .sets(
                HeadersMoreConf.KEY,
                (conf, args) -> conf.withInput(new CommandReader(args, "tr", true).read())),
        named("more_clear_input_headers")
            .sets(
                HeadersMoreConf.KEY,
                (conf, args) -> conf.withInput(new CommandReader(args, "tr", false).read())));
  }

  private static Directive.Builder named(String name) {
    return directive(name)
        .in(HTTP, SERVER, LOCATION, LOCATION_IF)
        .args(1, Integer.MAX_VALUE)
        .repeatable();
  }
}
