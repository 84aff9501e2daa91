package moonphase.kernel.conf;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.MAIN;
import static moonphase.spi.Level.SERVER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.Level;
import moonphase.spi.Quantity;

/**
 * The core module's directives that set something of a block; those that concern the client's
 * connection stand in {@link ConnectionDirectives}.
 *
 * <p>Source: ngx_http_core_module.
 */
final class CoreModule {
  private static final String NOBODY_RESOLVES = "there is nothing yet that looks names up";

  private CoreModule() {}

  static List<Directive<CoreConf>> directives() {
    List<Directive<CoreConf>> all = new ArrayList<>(ALL);
    all.addAll(ConnectionDirectives.ALL);
    return all;
  }

  /** A setting of http, server and location with one argument. */
  static Directive<CoreConf> setting(String name, Directive.Setter<CoreConf> setter) {
    return directive(name).in(HTTP, SERVER, LOCATION).args(1).sets(CoreConf.KEY, setter);
  }

  static Directive<CoreConf> flag(CoreSetting setting, Level first, Level... rest) {
    return directive(name(setting))
        .in(first, rest)
        .args(1)
        .sets(CoreConf.KEY, (conf, args) -> conf.with(setting, args.flag(0)));
  }

  static Directive<CoreConf> flag(CoreSetting setting) {
    return flag(setting, HTTP, SERVER, LOCATION);
  }

  static Directive<CoreConf> millis(CoreSetting setting) {
    return setting(name(setting), (conf, args) -> conf.with(setting, args.millis(0)));
  }

  static Directive<CoreConf> size(CoreSetting setting) {
    return setting(name(setting), (conf, args) -> conf.with(setting, ((Statement) args).size(0)));
  }

  static Directive<CoreConf> number(CoreSetting setting) {
    return setting(name(setting), (conf, args) -> conf.with(setting, (long) args.number(0)));
  }

  /** One of some words, in any case. */
  private static Directive<CoreConf> choice(
      String name, CoreSetting setting, Map<String, Object> words) {
    return setting(
        name,
        (conf, args) -> {
          Object value = words.get(args.get(0).toLowerCase(Locale.ROOT));
          if (value == null) {
            throw args.error("invalid value \"" + args.get(0) + "\"");
          }
          return conf.with(setting, value);
        });
  }

  /** The constants of an enum by their names. */
  static Directive<CoreConf> choice(CoreSetting setting, Enum<?>[] constants) {
    Map<String, Object> words = new HashMap<>();
    for (Enum<?> constant : constants) {
      words.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return choice(name(setting), setting, words);
  }

  static String name(CoreSetting setting) {
    return setting.name().toLowerCase(Locale.ROOT);
  }

  private static CoreConf root(CoreConf conf, Arguments args) {
    Statement statement = (Statement) args;
    boolean isAlias = args.name().equals("alias");
    if (conf.has(CoreSetting.ROOT)) {
      boolean wasAlias = conf.root().isAlias();
      throw statement.directiveError(
          "is duplicate"
              + (wasAlias == isAlias
                  ? ""
                  : ", \"" + (wasAlias ? "alias" : "root") + "\" directive was specified earlier"));
    }
    LocationName location = statement.outer().location().orElse(null);
    if (isAlias && location != null && location.kind() == LocationName.Kind.NAMED) {
      throw args.error("the \"alias\" directive cannot be used inside the named location");
    }
    String path = args.get(0);
    for (String variable : List.of("document_root", "realpath_root")) {
      if (path.contains("$" + variable) || path.contains("${" + variable + "}")) {
        throw args.error(
            "the $"
                + variable
                + " variable cannot be used in the \""
                + args.name()
                + "\" directive");
      }
    }
    if (!isAlias && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    if (!path.startsWith("$")) {
      path = statement.reading().source().fileName(path);
    }
    int stripped =
        location == null ? 0 : location.regex().isPresent() ? -1 : location.text().length();
    return conf.with(
        CoreSetting.ROOT,
        new DocumentRoot(args.template(path), args.prefix(), isAlias, isAlias ? stripped : 0));
  }

  private static CoreConf errorPage(CoreConf conf, Arguments args) {
    int last = args.size() - 1;
    int statuses = last;
    int overwrite = -1;
    String option = args.get(last - 1);
    if (option.startsWith("=")) {
      statuses--;
      long number = option.length() == 1 ? 0 : Quantity.number(option.substring(1));
      if (statuses == 0 || number == Quantity.NONE || number > 999) {
        throw args.error("invalid value \"" + option + "\"");
      }
      overwrite = (int) number;
    }
    String uri = args.get(last);
    String query = "";
    int question = uri.startsWith("/") ? uri.indexOf('?') : -1;
    if (question >= 0 && args.template(uri).isConstant()) {
      query = uri.substring(question + 1);
      uri = uri.substring(0, question);
    }
    Map<Integer, ErrorPage> pages = new LinkedHashMap<>(conf.errorPages());
    for (int i = 0; i < statuses; i++) {
      long status = Quantity.number(args.get(i));
      if (status == Quantity.NONE || status == 499) {
        throw args.error("invalid value \"" + args.get(i) + "\"");
      }
      if (status < 300 || status > 599) {
        throw args.error("value \"" + args.get(i) + "\" must be between 300 and 599");
      }
      boolean isSpecial = status >= 494 && status <= 497;
      pages.putIfAbsent(
          (int) status,
          new ErrorPage(overwrite < 0 && isSpecial ? 400 : overwrite, args.template(uri), query));
    }
    return conf.with(CoreSetting.ERROR_PAGE, Map.copyOf(pages));
  }

  private static CoreConf types(CoreConf conf, Arguments args) {
    Map<String, String> types =
        new LinkedHashMap<>(conf.has(CoreSetting.TYPES) ? conf.types().byExtension() : Map.of());
    List<List<String>> lines = args.entries();
    for (int i = 0; i < lines.size(); i++) {
      args.atEntry(i);
      List<String> line = lines.get(i);
      for (String word : line.subList(1, line.size())) {
        String extension = word.toLowerCase(Locale.ROOT);
        String old = types.put(extension, line.get(0));
        if (old != null) {
          args.warn(
              "duplicate extension \""
                  + extension
                  + "\", content type: \""
                  + line.get(0)
                  + "\", previous content type: \""
                  + old
                  + "\"");
        }
      }
    }
    return conf.with(CoreSetting.TYPES, new MediaTypes(Map.copyOf(types)));
  }

  private static CoreConf temporaryPath(CoreConf conf, Arguments args) {
    if (args.size() > 1) {
      args.hasNoEffect("temporary files are not spread over folders");
    }
    return conf.with(CoreSetting.CLIENT_BODY_TEMP_PATH, args.file(0));
  }

  private static Directive<CoreConf> rooted(String name, Level first, Level... rest) {
    return directive(name)
        .in(first, rest)
        .args(1)
        .repeatable()
        .sets(CoreConf.KEY, CoreModule::root);
  }

  private static final List<Directive<CoreConf>> ALL =
      List.of(
          flag(CoreSetting.ABSOLUTE_REDIRECT),
          millis(CoreSetting.AUTH_DELAY),
          flag(CoreSetting.CHUNKED_TRANSFER_ENCODING),
          size(CoreSetting.CLIENT_BODY_BUFFER_SIZE),
          choice(CoreSetting.CLIENT_BODY_IN_FILE_ONLY, CoreConf.BodyFile.values()),
          directive("client_body_temp_path")
              .in(HTTP, SERVER, LOCATION)
              .args(1, 4)
              .sets(CoreConf.KEY, CoreModule::temporaryPath),
          millis(CoreSetting.CLIENT_BODY_TIMEOUT),
          setting(
              "client_max_body_size",
              (conf, args) -> conf.with(CoreSetting.CLIENT_MAX_BODY_SIZE, args.bytes(0))),
          setting("default_type", (conf, args) -> conf.with(CoreSetting.DEFAULT_TYPE, args.get(0))),
          directive("error_log")
              .in(MAIN, HTTP, SERVER, LOCATION)
              .args(1, Integer.MAX_VALUE)
              .repeatable()
              .sets(CoreConf.KEY, ErrorLogDirective::set),
          directive("error_page")
              .in(HTTP, SERVER, LOCATION, LOCATION_IF)
              .args(2, Integer.MAX_VALUE)
              .repeatable()
              .sets(CoreConf.KEY, CoreModule::errorPage),
          directive("internal")
              .in(LOCATION)
              .args(0)
              .sets(CoreConf.KEY, (conf, args) -> conf.with(CoreSetting.INTERNAL, true)),
          flag(CoreSetting.LOG_SUBREQUEST),
          flag(CoreSetting.MERGE_SLASHES, HTTP, SERVER),
          flag(CoreSetting.MSIE_PADDING),
          flag(CoreSetting.MSIE_REFRESH),
          flag(CoreSetting.PORT_IN_REDIRECT),
          flag(CoreSetting.RECURSIVE_ERROR_PAGES),
          directive("resolver")
              .in(HTTP, SERVER, LOCATION)
              .args(1, Integer.MAX_VALUE)
              .sets(
                  CoreConf.KEY,
                  (conf, args) -> {
                    args.hasNoEffect(NOBODY_RESOLVES);
                    return conf.with(CoreSetting.RESOLVER, Resolver.read((Statement) args));
                  }),
          setting(
              "resolver_timeout",
              (conf, args) -> {
                args.hasNoEffect(NOBODY_RESOLVES);
                return conf.with(CoreSetting.RESOLVER_TIMEOUT, args.millis(0));
              }),
          rooted("alias", LOCATION),
          rooted("root", HTTP, SERVER, LOCATION, LOCATION_IF),
          choice("satisfy", CoreSetting.SATISFY_ANY, Map.of("all", false, "any", true)),
          flag(CoreSetting.SERVER_NAME_IN_REDIRECT),
          choice(CoreSetting.SERVER_TOKENS, CoreConf.Tokens.values()),
          directive("types")
              .in(HTTP, SERVER, LOCATION)
              .args(0)
              .repeatable()
              .entries()
              .sets(CoreConf.KEY, CoreModule::types));
}
