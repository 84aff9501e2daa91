package moonphase.http.rewrite;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;
import static moonphase.spi.Level.SERVER_IF;

import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.RewriteInstruction;
import moonphase.spi.RewriteScript;
import moonphase.spi.Verdict;

/**
 * {@code set $variable value}.
 *
 * @param variable without dollar sign, lower case
 * @param value what it is set to
 */
record SetVariable(String variable, Value value) implements RewriteInstruction {
  static final Directive<RewriteScript> DIRECTIVE =
      directive("set")
          .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
          .args(2)
          .repeatable()
          .sets(RewriteScript.KEY, (script, args) -> script.with(read(args)));

  private static SetVariable read(Arguments args) {
    String variable = args.variableName(0);
    args.declare(variable, SetVariable::unset);
    return new SetVariable(variable, new Value(args, args.get(1), false));
  }

  /** The value of a variable that some {@code set} names, but none has reached. */
  private static String unset(Exchange exchange, String name) {
    if (RewriteConf.isWarning(exchange)) {
      exchange.log().log(LogLevel.WARN, "using uninitialized \"" + name + "\" variable");
    }
    return "";
  }

  @Override
  public Verdict execute(Exchange exchange) {
    exchange.variables().set(variable, value.evaluate(exchange));
    return Verdict.OK;
  }
}
