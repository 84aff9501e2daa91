package moonphase.phase.rewrite;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;
import static moonphase.spi.Level.SERVER_IF;

import java.util.ArrayList;
import java.util.List;
import moonphase.lua.LuaBlockLexer;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaRequest;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaRuntime;
import moonphase.lua.LuaScript;
import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.RewriteInstruction;
import moonphase.spi.RewriteScript;
import moonphase.spi.Template;
import moonphase.spi.Verdict;

/**
 * {@code set_by_lua*}: what a script returns becomes the value of a variable, in order with {@code
 * set} and its kin. Worker thread.
 *
 * <p>Source: ngx_http_lua_set_by_chunk.
 *
 * @param lua runs the script
 * @param variable without dollar sign, lower case
 * @param script the script
 * @param args its arguments: {@code ngx.arg[1]} and on
 */
record SetByLua(LuaRuntime lua, String variable, LuaScript script, List<Template> args)
    implements RewriteInstruction {

  static List<Directive<?>> directives(LuaRuntime lua) {
    return List.of(
        directive("set_by_lua_block")
            .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .args(1)
            .raw(LuaBlockLexer.INSTANCE)
            .repeatable()
            .sets(
                RewriteScript.KEY,
                (script, args) ->
                    script.with(read(lua, args, LuaScript.block(LuaContext.SET, args)))),
        directive("set_by_lua")
            .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .args(2, Integer.MAX_VALUE)
            .repeatable()
            .sets(
                RewriteScript.KEY,
                (script, args) ->
                    script.with(read(lua, args, LuaScript.quoted(LuaContext.SET, args, 1)))),
        directive("set_by_lua_file")
            .in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .args(2, Integer.MAX_VALUE)
            .repeatable()
            .sets(
                RewriteScript.KEY,
                (script, args) -> script.with(read(lua, args, LuaScript.file(args, 1)))));
  }

  private static SetByLua read(LuaRuntime lua, Arguments args, LuaScript script) {
    String variable = args.variableName(0);
    args.declare(variable, SetByLua::unset);
    List<Template> values = new ArrayList<>();
    for (int i = 2; i < args.size(); i++) {
      values.add(args.template(i));
    }
    return new SetByLua(lua, variable, script, List.copyOf(values));
  }

  private static String unset(Exchange exchange, String name) {
    exchange.log().log(LogLevel.WARN, "using uninitialized \"" + name + "\" variable");
    return "";
  }

  @Override
  public Verdict execute(Exchange exchange) {
    LuaRequest request = lua.request(exchange);
    if (request == null) {
      return Verdict.finish(500);
    }
    String[] values = new String[args.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = args.get(i).evaluate(exchange);
    }
    LuaRun run = lua.run(LuaContext.SET, request);
    if (!lua.call(run, script, values)) {
      return Verdict.finish(500);
    }
    exchange.variables().set(variable, run.resultText());
    return Verdict.OK;
  }
}
