package moonphase.http.rewrite;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;
import static moonphase.spi.Level.SERVER_IF;

import moonphase.spi.Arguments;
import moonphase.spi.Chunk;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.Response;
import moonphase.spi.RewriteInstruction;
import moonphase.spi.RewriteScript;
import moonphase.spi.Template;
import moonphase.spi.Verdict;

/**
 * {@code return code [text]}, {@code return code URL}, {@code return URL}.
 *
 * <p>Deviation: control characters in a redirect's URL are percent-encoded, so that a variable
 * cannot add a field.
 *
 * <p>Source: nginx manual, ngx_http_rewrite_module, "return"; ngx_http_send_response.
 *
 * @param status the status; 444 closes the connection
 * @param text the body, or the URL of a redirect
 */
record Return(int status, Template text) implements RewriteInstruction {
  static final Directive<RewriteScript> DIRECTIVE =
      directive("return")
          .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
          .args(1, 2)
          .repeatable()
          .sets(RewriteScript.KEY, (script, args) -> script.with(read(args)));

  private static Return read(Arguments args) {
    String code = args.get(0);
    if (args.size() == 1 && isAbsolute(code)) {
      return new Return(302, args.template(0));
    }
    if (code.isEmpty() || code.length() > 3 || !code.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw args.error("invalid return code \"" + code + "\"");
    }
    return new Return(
        Integer.parseInt(code), args.size() == 1 ? args.template("") : args.template(1));
  }

  /** Whether text is a URL that makes a redirect of its own accord. */
  static boolean isAbsolute(String text) {
    return text.startsWith("http://") || text.startsWith("https://") || text.startsWith("$scheme");
  }

  @Override
  public Verdict execute(Exchange exchange) {
    if (status >= 400 && text.source().isEmpty()) {
      return Verdict.finish(status);
    }
    String value = text.evaluate(exchange);
    Response response = exchange.response();
    exchange.request().body().discard();
    response.status(status);
    return switch (status) {
      case 301, 302, 303, 307, 308 -> {
        response.headers().set("Location", Headers.escape(value));
        yield Verdict.finish(status);
      }
      default -> send(exchange, value);
    };
  }

  private static Verdict send(Exchange exchange, String value) {
    Response response = exchange.response();
    response.headers().set("Content-Length", Integer.toString(value.length()));
    String type = exchange.location().contentType(exchange.request().uri());
    if (!type.isEmpty()) {
      response.headers().set("Content-Type", type);
    }
    Verdict verdict = response.sendHeader();
    if (verdict == Verdict.OK && !response.isHeaderOnly()) {
      verdict = response.send(Chunk.of(value).with(false, true));
    }
    return verdict == Verdict.OK ? Verdict.finish(200) : verdict;
  }
}
