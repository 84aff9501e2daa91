package moonphase.headersmore;

import moonphase.spi.ConfBlock;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/** Changes the fields of responses. Worker thread. */
@Component
@FilterOf(module = "headers_more")
public final class OutputFilter implements HeaderFilter {
  /** The filter, without state. */
  public OutputFilter() {}

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    return block.conf(HeadersMoreConf.KEY).output().isEmpty();
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    Response response = exchange.response();
    for (Command command : exchange.conf(HeadersMoreConf.KEY).output()) {
      int status = response.status() == 0 ? 200 : response.status();
      if (command.isAboutStatus(status) && command.isAboutType(type(response))) {
        Verdict verdict = command.apply(exchange, response.headers(), OutputFilter::check);
        if (verdict != Verdict.OK) {
          return verdict;
        }
        hideCleared(response.headers(), command);
      }
    }
    return Verdict.OK;
  }

  /** The media type without its parameters. */
  private static String type(Response response) {
    String type = response.headers().get("Content-Type");
    if (type == null) {
      return "";
    }
    int parameters = type.indexOf(';');
    return parameters < 0 ? type : type.substring(0, parameters).strip();
  }

  private static Verdict check(Exchange exchange, String name, String value) {
    if (name.equalsIgnoreCase("Content-Length") && !value.matches("\\d{0,18}")) {
      exchange.log().log(LogLevel.ERROR, "invalid Content-Length \"" + value + "\"");
      return Verdict.ERROR;
    }
    return Verdict.OK;
  }

  /** What the server itself adds is kept from being sent by an empty field. */
  private static void hideCleared(Headers headers, Command command) {
    for (Change change : command.changes()) {
      if (isServersOwn(change.name()) && !headers.contains(change.name())) {
        headers.add(change.name(), "");
      }
    }
  }

  private static boolean isServersOwn(String name) {
    return name.equalsIgnoreCase("Server") || name.equalsIgnoreCase("Date");
  }
}
