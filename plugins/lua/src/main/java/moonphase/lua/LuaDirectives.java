package moonphase.lua;

import static moonphase.spi.Directive.directive;

import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.Level;

/** Makes the directives that name the script of a context. Any thread. */
public final class LuaDirectives {
  private LuaDirectives() {}

  /** {@code x_by_lua '...'}, {@code x_by_lua_block { ... }} and {@code x_by_lua_file name}. */
  public static List<Directive<?>> all(LuaContext context, Level first, Level... rest) {
    return List.of(
        quoted(context, first, rest), block(context, first, rest), file(context, first, rest));
  }

  /**
   * {@code x_by_lua_block} and {@code x_by_lua_file}, for contexts younger than the quoted form.
   */
  public static List<Directive<?>> blockAndFile(LuaContext context, Level first, Level... rest) {
    return List.of(block(context, first, rest), file(context, first, rest));
  }

  private static Directive<LuaConf> quoted(LuaContext context, Level first, Level... rest) {
    return directive(context.directive(""))
        .in(first, rest)
        .args(1)
        .sets(
            LuaConf.KEY,
            (conf, args) -> set(conf, context, args, LuaScript.quoted(context, args, 0)));
  }

  private static Directive<LuaConf> block(LuaContext context, Level first, Level... rest) {
    return directive(context.directive("_block"))
        .in(first, rest)
        .args(0)
        .raw(LuaBlockLexer.INSTANCE)
        .sets(
            LuaConf.KEY, (conf, args) -> set(conf, context, args, LuaScript.block(context, args)));
  }

  private static Directive<LuaConf> file(LuaContext context, Level first, Level... rest) {
    return directive(context.directive("_file"))
        .in(first, rest)
        .args(1)
        .sets(LuaConf.KEY, (conf, args) -> set(conf, context, args, LuaScript.file(args, 0)));
  }

  /** The three forms exclude one another. */
  private static LuaConf set(LuaConf conf, LuaContext context, Arguments args, LuaScript script) {
    if (conf.script(context) != null) {
      throw args.error("\"" + args.name() + "\" directive is duplicate");
    }
    if (args.level() == Level.HTTP) {
      return conf.with(context, script).using(context);
    }
    args.http(LuaConf.KEY, http -> http.using(context));
    return conf.with(context, script);
  }
}
