package moonphase.http.rewrite;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;
import static moonphase.spi.Level.SERVER_IF;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import moonphase.spi.RewriteScript;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** The module; the steps stand in classes of their own, each beside its directive. */
@Component
public final class RewriteModule implements HttpModule {
  /** The module, with nothing to set up. */
  public RewriteModule() {}

  @Override
  public String name() {
    return "rewrite";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        SetVariable.DIRECTIVE,
        If.DIRECTIVE,
        UriRewrite.DIRECTIVE,
        Return.DIRECTIVE,
        directive("break")
            .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .args(0)
            .repeatable()
            .sets(
                RewriteScript.KEY,
                (script, args) ->
                    script.with(exchange -> {
                      exchange.request().uriChanged(false);
                      return Verdict.DECLINED;
                    })),
        directive("rewrite_log")
            .in(HTTP, SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .sets(RewriteConf.KEY, (conf, args) -> conf.withLog(args.flag(0))),
        directive("uninitialized_variable_warn")
            .in(HTTP, SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .sets(RewriteConf.KEY, (conf, args) -> conf.withWarning(args.flag(0))));
  }
}
