package moonphase.http.log;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LIMIT_EXCEPT;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module: {@code access_log}, {@code log_format}, {@code open_log_file_cache}. */
@Component
public final class LogModule implements HttpModule {
  /** The module, with nothing to set up. */
  public LogModule() {}

  @Override
  public String name() {
    return "log";
  }

  @Override
  public boolean isImplicit() {
    return true;
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("log_format")
            .in(HTTP)
            .args(2, Integer.MAX_VALUE)
            .repeatable()
            .sets(LogFormats.KEY, LogFormats::with),
        directive("access_log")
            .in(HTTP, SERVER, LOCATION, LOCATION_IF, LIMIT_EXCEPT)
            .args(1, Integer.MAX_VALUE)
            .repeatable()
            .sets(LogConf.KEY, LogConf::with),
        directive("open_log_file_cache")
            .in(HTTP, SERVER, LOCATION)
            .args(1, 4)
            .sets(LogConf.KEY, LogConf::withCache));
  }
}
