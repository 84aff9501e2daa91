package moonphase.lua;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import moonphase.spi.Conf;
import moonphase.spi.ConfKey;
import moonphase.spi.Setting;
import org.jspecify.annotations.Nullable;

/**
 * What one block says about Lua: the script of each context, and settings. Immutable.
 *
 * <p>A script is inherited by the blocks within unless they have one of their own for that context.
 */
public final class LuaConf implements Conf<LuaConf> {
  /** {@code lua_code_cache}. */
  public static final Option<Boolean> CODE_CACHE = new Option<>(true);

  /** {@code lua_need_request_body}. */
  public static final Option<Boolean> NEED_REQUEST_BODY = new Option<>(false);

  /** {@code lua_use_default_type}. */
  public static final Option<Boolean> USE_DEFAULT_TYPE = new Option<>(true);

  /** {@code lua_http10_buffering}. */
  public static final Option<Boolean> HTTP10_BUFFERING = new Option<>(true);

  /** {@code lua_check_client_abort}. */
  public static final Option<Boolean> CHECK_CLIENT_ABORT = new Option<>(false);

  /** {@code lua_transform_underscores_in_response_headers}. */
  public static final Option<Boolean> TRANSFORM_UNDERSCORES = new Option<>(true);

  /** {@code lua_isolate_globals}. */
  public static final Option<Boolean> ISOLATE_GLOBALS = new Option<>(false);

  /** {@code lua_package_path}; empty for the default alone. */
  public static final Option<String> PACKAGE_PATH = new Option<>("");

  /** {@code lua_package_cpath}; empty for the default alone. */
  public static final Option<String> PACKAGE_CPATH = new Option<>("");

  /** {@code rewrite_by_lua_no_postpone}. */
  public static final Option<Boolean> REWRITE_FIRST = new Option<>(false);

  /** {@code access_by_lua_no_postpone}. */
  public static final Option<Boolean> ACCESS_FIRST = new Option<>(false);

  /** The key; after the options, whose defaults it takes. */
  public static final ConfKey<LuaConf> KEY =
      new ConfKey<>("lua", new LuaConf(new EnumMap<>(LuaContext.class), Map.of(), Set.of()));

  /**
   * A setting; compared by identity.
   *
   * @param <T> the type of its value
   */
  public static final class Option<T> {
    private final T byDefault;

    Option(T byDefault) {
      this.byDefault = byDefault;
    }
  }

  private final EnumMap<LuaContext, LuaScript> scripts;
  private final Map<Option<?>, Setting<?>> settings;

  /** The contexts that have a script anywhere in the configuration. */
  private final Set<LuaContext> used;

  // read at every request, so not looked up
  private final boolean codeCache;
  private final boolean needsRequestBody;
  private final boolean isolatingGlobals;
  private final boolean checkingClientAbort;
  private final boolean http10Buffering;
  private final boolean usingDefaultType;
  private final boolean rewriteFirst;
  private final boolean accessFirst;

  private LuaConf(
      EnumMap<LuaContext, LuaScript> scripts,
      Map<Option<?>, Setting<?>> settings,
      Set<LuaContext> used) {
    this.scripts = scripts;
    this.settings = settings;
    this.used = used;
    this.codeCache = get(CODE_CACHE);
    this.needsRequestBody = get(NEED_REQUEST_BODY);
    this.isolatingGlobals = get(ISOLATE_GLOBALS);
    this.checkingClientAbort = get(CHECK_CLIENT_ABORT);
    this.http10Buffering = get(HTTP10_BUFFERING);
    this.usingDefaultType = get(USE_DEFAULT_TYPE);
    this.rewriteFirst = get(REWRITE_FIRST);
    this.accessFirst = get(ACCESS_FIRST);
  }

  /** The script of a context here; null if there is none. */
  public @Nullable LuaScript script(LuaContext context) {
    return scripts.get(context);
  }

  /** This, with the script of a context. */
  public LuaConf with(LuaContext context, LuaScript script) {
    EnumMap<LuaContext, LuaScript> all = new EnumMap<>(scripts);
    all.put(context, script);
    return new LuaConf(all, settings, used);
  }

  /** This, where a context has a script somewhere in the configuration. */
  LuaConf using(LuaContext context) {
    Set<LuaContext> all = EnumSet.of(context);
    all.addAll(used);
    return new LuaConf(scripts, settings, all);
  }

  /**
   * Whether a context has a script anywhere in the configuration, be it elsewhere: debug lines of
   * handlers are written everywhere then, and nowhere otherwise.
   */
  public boolean isUsed(LuaContext context) {
    return used.contains(context);
  }

  /** Whether any script in the configuration may start subrequests. */
  public boolean isCapturing() {
    return used.contains(LuaContext.CONTENT)
        || used.contains(LuaContext.REWRITE)
        || used.contains(LuaContext.ACCESS)
        || used.contains(LuaContext.SERVER_REWRITE)
        || used.contains(LuaContext.PRECONTENT);
  }

  /** This, with a setting. */
  public <T> LuaConf with(Option<T> option, T value) {
    Map<Option<?>, Setting<?>> all = new HashMap<>(settings);
    all.put(option, Setting.of(value));
    return new LuaConf(scripts, Map.copyOf(all), used);
  }

  /** The value of a setting here. */
  @SuppressWarnings("unchecked")
  public <T> T get(Option<T> option) {
    Setting<T> setting = (Setting<T>) settings.get(option);
    return setting == null ? option.byDefault : setting.orElse(option.byDefault);
  }

  /** Whether compiled scripts are kept; without it each request has a VM of its own. */
  public boolean isCodeCacheOn() {
    return codeCache;
  }

  /** Whether the request body is read before scripts run. */
  public boolean isNeedingRequestBody() {
    return needsRequestBody;
  }

  /** Whether each script runs with a table of globals of its own. */
  public boolean isIsolatingGlobals() {
    return isolatingGlobals;
  }

  /** Whether the client's going away is watched. */
  public boolean isCheckingClientAbort() {
    return checkingClientAbort;
  }

  /** Whether a response to HTTP/1.0 is gathered to be sent with its length. */
  public boolean isHttp10Buffering() {
    return http10Buffering;
  }

  /** Whether a response without a type gets the location's. */
  public boolean isUsingDefaultType() {
    return usingDefaultType;
  }

  /** Whether scripts of a context run before nginx's handlers of their phase, not after. */
  public boolean isFirst(LuaContext context) {
    return switch (context) {
      case REWRITE -> rewriteFirst;
      case ACCESS -> accessFirst;
      default -> false;
    };
  }

  @Override
  public LuaConf inherit(LuaConf outer) {
    if (scripts.isEmpty() && settings.isEmpty() && used.isEmpty()) {
      return outer;
    }
    Set<LuaContext> allUsed = EnumSet.noneOf(LuaContext.class);
    allUsed.addAll(outer.used);
    allUsed.addAll(used);
    EnumMap<LuaContext, LuaScript> allScripts = new EnumMap<>(outer.scripts);
    allScripts.putAll(scripts);
    Map<Option<?>, Setting<?>> allSettings = new HashMap<>(outer.settings);
    allSettings.putAll(settings);
    return new LuaConf(allScripts, Map.copyOf(allSettings), allUsed);
  }
}
