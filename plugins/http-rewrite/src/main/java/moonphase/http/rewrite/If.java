package moonphase.http.rewrite;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;
import static moonphase.spi.Level.SERVER_IF;

import java.util.Map;
import moonphase.spi.Arguments;
import moonphase.spi.ConfBlock;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.RegexException;
import moonphase.spi.RewriteInstruction;
import moonphase.spi.RewriteScript;
import moonphase.spi.Verdict;

/**
 * {@code if (condition) { }}: a location's exchange moves into the block, whose steps run in place.
 *
 * <p>Source: nginx manual, ngx_http_rewrite_module, "if"; ngx_http_script_if_code.
 *
 * @param condition decides
 * @param block the block
 * @param entersBlock false in a server, where only the steps count
 */
record If(Condition condition, ConfBlock block, boolean entersBlock) implements RewriteInstruction {
  static final Directive<RewriteScript> DIRECTIVE =
      directive("if")
          .in(SERVER, LOCATION)
          .args(1, Integer.MAX_VALUE)
          .repeatable()
          .block(Map.of(SERVER, SERVER_IF, LOCATION, LOCATION_IF))
          .sets(RewriteScript.KEY, (script, args) -> script.with(read(args)));

  private static If read(Arguments args) {
    return new If(Condition.read(args), args.block(), args.level() == LOCATION);
  }

  @Override
  public Verdict execute(Exchange exchange) {
    try {
      if (!condition.test(exchange)) {
        return Verdict.OK;
      }
    } catch (RegexException logged) {
      return Verdict.finish(500);
    }
    if (entersBlock) {
      exchange.location().enter(block);
    }
    return block.own(RewriteScript.KEY).run(exchange);
  }
}
