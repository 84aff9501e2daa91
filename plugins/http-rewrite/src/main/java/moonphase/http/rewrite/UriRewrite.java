package moonphase.http.rewrite;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;
import static moonphase.spi.Level.SERVER_IF;

import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.RegexException;
import moonphase.spi.Request;
import moonphase.spi.RewriteInstruction;
import moonphase.spi.RewriteScript;
import moonphase.spi.Verdict;

/**
 * {@code rewrite expression replacement [flag]}.
 *
 * <p>Source: nginx manual, ngx_http_rewrite_module, "rewrite".
 *
 * @param expression matched against the path
 * @param replacement the new path and arguments, or where to redirect to
 * @param addsArgs whether the request's arguments are kept behind the new ones
 * @param flag what follows a match
 */
record UriRewrite(Expression expression, Value replacement, boolean addsArgs, Flag flag)
    implements RewriteInstruction {
  static final Directive<RewriteScript> DIRECTIVE =
      directive("rewrite")
          .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
          .args(2, 3)
          .repeatable()
          .sets(RewriteScript.KEY, (script, args) -> script.with(read(args)));

  /** What follows a match. */
  enum Flag {
    NONE(0),
    LAST(0),
    BREAK(0),
    REDIRECT(302),
    PERMANENT(301);

    private final int status;

    Flag(int status) {
      this.status = status;
    }

    boolean isRedirect() {
      return status != 0;
    }
  }

  private static UriRewrite read(Arguments args) {
    String text = args.get(1);
    if (text.isEmpty()) {
      throw args.error("empty replacement");
    }
    Expression expression = new Expression(args, args.get(0), false);
    boolean dropsArgs = text.endsWith("?");
    if (dropsArgs) {
      text = text.substring(0, text.length() - 1);
    }
    Flag flag = Return.isAbsolute(text) ? Flag.REDIRECT : Flag.NONE;
    if (args.size() == 3) {
      flag = flag(args, flag);
    }
    return new UriRewrite(expression, new Value(args, text, !flag.isRedirect()), !dropsArgs, flag);
  }

  /** The flag as written; an absolute URL stays a redirect under {@code last} and {@code break}. */
  private static Flag flag(Arguments args, Flag byText) {
    return switch (args.get(2)) {
      case "last" -> byText.isRedirect() ? byText : Flag.LAST;
      case "break" -> byText.isRedirect() ? byText : Flag.BREAK;
      case "redirect" -> Flag.REDIRECT;
      case "permanent" -> Flag.PERMANENT;
      default -> throw args.error("invalid parameter \"" + args.get(2) + "\"");
    };
  }

  @Override
  public Verdict execute(Exchange exchange) {
    try {
      if (!expression.matches(exchange, exchange.request().uri())) {
        return Verdict.OK;
      }
    } catch (RegexException logged) {
      return Verdict.finish(500);
    }
    return flag.isRedirect() ? redirect(exchange) : rewrite(exchange);
  }

  private Verdict redirect(Exchange exchange) {
    String args = exchange.request().args();
    String location = RedirectPath.unescape(replacement.evaluate(exchange, true));
    if (addsArgs && !args.isEmpty()) {
      location += (replacement.hasQuestionMark() ? "&" : "?") + args;
    }
    if (RewriteConf.isLogging(exchange)) {
      exchange.log().log(LogLevel.NOTICE, "rewritten redirect: \"" + location + "\"");
    }
    exchange.response().headers().set("Location", Headers.escape(location));
    return Verdict.finish(flag.status);
  }

  private Verdict rewrite(Exchange exchange) {
    Request request = exchange.request();
    request.internal(true);
    request.uriChanged(flag != Flag.BREAK);
    String path = replacement.path(exchange);
    if (replacement.isSplit()) {
      String args = replacement.args(exchange);
      request.args(addsArgs && !request.args().isEmpty() ? args + "&" + request.args() : args);
    } else if (!addsArgs) {
      request.args("");
    }
    exchange.attributes().put(Value.IS_PLAIN, true);
    if (RewriteConf.isLogging(exchange)) {
      exchange.log().log(
          LogLevel.NOTICE, "rewritten data: \"" + path + "\", args: \"" + request.args() + "\"");
    }
    if (path.isEmpty()) {
      exchange.log().log(LogLevel.ERROR, "the rewritten URI has a zero length");
      return Verdict.finish(500);
    }
    request.uri(path);
    return flag == Flag.NONE ? Verdict.OK : Verdict.DECLINED;
  }
}
