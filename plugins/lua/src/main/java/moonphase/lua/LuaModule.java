package moonphase.lua;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Directive;
import moonphase.spi.HttpModule;
import org.osgi.service.component.annotations.Component;

/** The module {@code lua}: the directives that concern every script. Any thread. */
@Component(service = HttpModule.class)
public final class LuaModule implements HttpModule {
  /** Used by the framework. */
  public LuaModule() {}

  @Override
  public String name() {
    return "lua";
  }

  private static Directive<LuaConf> flag(String name, LuaConf.Option<Boolean> option) {
    return directive(name)
        .in(HTTP, SERVER, LOCATION, LOCATION_IF)
        .args(1)
        .sets(LuaConf.KEY, (conf, args) -> conf.with(option, args.flag(0)));
  }

  private static Directive<LuaConf> path(String name, LuaConf.Option<String> option) {
    return directive(name)
        .in(HTTP)
        .args(1)
        .sets(LuaConf.KEY, (conf, args) -> conf.with(option, args.get(0)));
  }

  private static Directive<LuaConf> codeCache() {
    return directive("lua_code_cache")
        .in(HTTP, SERVER, LOCATION, LOCATION_IF)
        .args(1)
        .sets(
            LuaConf.KEY,
            (conf, args) -> {
              if (!args.flag(0)) {
                args.alert("lua_code_cache is off; this will hurt performance");
              }
              return conf.with(LuaConf.CODE_CACHE, args.flag(0));
            });
  }

  private static Directive<LuaConf> withoutEffect(String name, String reason) {
    return directive(name)
        .in(HTTP)
        .args(1)
        .sets(
            LuaConf.KEY,
            (conf, args) -> {
              args.hasNoEffect(reason);
              return conf;
            });
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        codeCache(),
        flag("lua_need_request_body", LuaConf.NEED_REQUEST_BODY),
        flag("lua_use_default_type", LuaConf.USE_DEFAULT_TYPE),
        flag("lua_http10_buffering", LuaConf.HTTP10_BUFFERING),
        flag("lua_check_client_abort", LuaConf.CHECK_CLIENT_ABORT),
        flag("lua_transform_underscores_in_response_headers", LuaConf.TRANSFORM_UNDERSCORES),
        flag("lua_isolate_globals", LuaConf.ISOLATE_GLOBALS),
        path("lua_package_path", LuaConf.PACKAGE_PATH),
        path("lua_package_cpath", LuaConf.PACKAGE_CPATH),
        withoutEffect("lua_load_resty_core", "the API is always complete"),
        withoutEffect("lua_thread_cache_max_entries", "coroutines are cheap to make"),
        withoutEffect("lua_sa_restart", "signals do not interrupt Java"),
        withoutEffect("lua_malloc_trim", "memory is the JVM's"));
  }
}
