package moonphase.http.authrequest;

import java.util.Optional;
import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Subrequest;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * Asks by a subrequest whether access is granted: yes by a status of 2xx, no by 401 and 403; any
 * other is an error. The subrequest is a GET with the request's header fields and without its body.
 * Worker thread, stateless.
 *
 * <p>Source: nginx manual, ngx_http_auth_request_module.
 */
@Component
@HandlerOf(phase = Phase.ACCESS, module = "auth_request")
public final class AuthRequestHandler implements PhaseHandler {
  private static final String CHALLENGE = "WWW-Authenticate";

  /** The handler, without state. */
  public AuthRequestHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(AuthRequestConf.KEY).uri().orElse("").isEmpty();
  }

  @Override
  public Verdict handle(Exchange exchange) {
    AuthRequestConf conf = exchange.conf(AuthRequestConf.KEY);
    String uri = conf.uri().orElse("");
    if (uri.isEmpty()) {
      return Verdict.DECLINED;
    }
    exchange.log().log(LogLevel.DEBUG, "auth request handler");
    Suspension suspension = exchange.suspend();
    try {
      exchange.subrequest(
          new Subrequest(
              uri,
              "",
              "GET",
              Optional.empty(),
              Subrequest.Body.NONE,
              Subrequest.Output.DROPPED,
              Subrequest.Sharing.SHARED,
              asked -> {},
              (asked, body, truncated) -> suspension.conclude(judge(exchange, asked, conf))));
    } catch (IllegalStateException logged) {
      suspension.conclude(Verdict.finish(500));
    }
    return Verdict.SUSPENDED;
  }

  private static Verdict judge(Exchange exchange, Exchange asked, AuthRequestConf conf) {
    for (AuthRequestConf.Assignment assignment : conf.assignments()) {
      exchange.variables().set(assignment.variable(), assignment.value().evaluate(asked));
    }
    int status = asked.response().status();
    exchange.log().log(LogLevel.DEBUG, "auth request done s:" + status);
    if (status == 403) {
      return Verdict.finish(403);
    }
    if (status == 401) {
      for (String challenge : asked.response().headers().all(CHALLENGE)) {
        exchange.response().headers().add(CHALLENGE, challenge);
      }
      return Verdict.finish(401);
    }
    if (status >= 200 && status < 300) {
      return Verdict.OK;
    }
    exchange.log().log(LogLevel.ERROR, "auth request unexpected status: " + status);
    return Verdict.finish(500);
  }
}
