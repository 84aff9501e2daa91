package moonphase.headersmore;

import java.util.List;
import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Request;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * Changes the fields of requests, behind the rewrite module's steps. Worker thread.
 *
 * <p>A changed {@code Host} changes {@code $host} too; a malformed one closes the connection, and
 * so does a {@code Content-Length} that is no number.
 */
@Component
@HandlerOf(phase = Phase.REWRITE, module = "headers_more")
public final class InputHandler implements PhaseHandler {
  private static final int HTTP_10 = 10;

  /** The handler, without state. */
  public InputHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(HeadersMoreConf.KEY).input().isEmpty();
  }

  @Override
  public Verdict handle(Exchange exchange) {
    List<Command> commands = exchange.conf(HeadersMoreConf.KEY).input();
    Request request = exchange.request();
    if (commands.isEmpty() || request.head().version() < HTTP_10) {
      return Verdict.DECLINED;
    }
    for (Command command : commands) {
      if (command.isAboutType(request.headers().get("Content-Type"))) {
        Verdict verdict = command.apply(exchange, request.headers(), InputHandler::check);
        if (verdict != Verdict.OK) {
          return verdict;
        }
      }
    }
    return Verdict.DECLINED;
  }

  private static Verdict check(Exchange exchange, String name, String value) {
    if (name.equalsIgnoreCase("Host")) {
      String host = HostName.of(value);
      if (host == null) {
        exchange.log().log(LogLevel.ERROR, "invalid Host \"" + value + "\"");
        return Verdict.ERROR;
      }
      exchange.request().host(host);
    } else if (name.equalsIgnoreCase("Content-Length") && !value.matches("\\d{0,18}")) {
      exchange.log().log(LogLevel.ERROR, "invalid Content-Length \"" + value + "\"");
      return Verdict.ERROR;
    }
    return Verdict.OK;
  }
}
