package moonphase.kernel.conf;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.EVENTS;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LIMIT_EXCEPT;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.MAIN;
import static moonphase.spi.Level.SERVER;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import moonphase.kernel.conf.LocationName.Kind;
import moonphase.spi.Directive;
import moonphase.spi.Level;

/**
 * The directives that give a configuration its shape: sections, servers, locations, includes.
 *
 * <p>Source: ngx_http_core_module, ngx_conf_include.
 */
final class Sections {
  private static final Set<String> METHODS =
      Set.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "MKCOL",
          "COPY",
          "MOVE",
          "OPTIONS",
          "PROPFIND",
          "PROPPATCH",
          "LOCK",
          "UNLOCK",
          "PATCH");

  static final List<Directive<?>> DIRECTIVES =
      List.of(
          section("events", MAIN, EVENTS, 0, 0),
          section("http", MAIN, HTTP, 0, 0),
          section("server", HTTP, SERVER, 0, 0),
          directive("location")
              .in(SERVER, LOCATION)
              .args(1, 2)
              .repeatable()
              .block(Map.of(SERVER, LOCATION, LOCATION, LOCATION))
              .sets(AbsentModule.Nothing.KEY, (conf, args) -> conf),
          section("limit_except", LOCATION, LIMIT_EXCEPT, 1, Integer.MAX_VALUE),
          directive("include")
              .in(MAIN, Level.values())
              .args(1)
              .repeatable()
              .sets(
                  AbsentModule.Nothing.KEY,
                  (conf, args) -> {
                    include((Statement) args);
                    return conf;
                  }),
          directive("listen")
              .in(SERVER)
              .args(1, Integer.MAX_VALUE)
              .repeatable()
              .sets(
                  AbsentModule.Nothing.KEY,
                  (conf, args) -> {
                    ListenOptions.read((Statement) args);
                    return conf;
                  }),
          directive("server_name")
              .in(SERVER)
              .args(1, Integer.MAX_VALUE)
              .repeatable()
              .sets(
                  AbsentModule.Nothing.KEY,
                  (conf, args) -> {
                    ServerName.read((Statement) args);
                    return conf;
                  }));

  private Sections() {}

  private static Directive<?> section(String name, Level outer, Level inner, int min, int max) {
    return directive(name)
        .in(outer)
        .args(min, max)
        .repeatable()
        .block(Map.of(outer, inner))
        .sets(AbsentModule.Nothing.KEY, (conf, args) -> conf);
  }

  /** Reads the block of one of these directives; false if the statement is none of them. */
  static boolean open(Statement statement) {
    switch (statement.name()) {
      case "events" -> once(statement, EVENTS);
      case "http" -> {
        once(statement, HTTP);
        statement.reading().servers().complete(statement.reading());
      }
      case "server" -> {
        if (statement.level() != HTTP) {
          return false;
        }
        Servers servers = statement.reading().servers();
        ServerBlock server = servers.begin(new Block(statement.outer(), SERVER, ""));
        read(statement, server.block());
        servers.end(server, statement);
      }
      case "location" -> location(statement);
      case "limit_except" -> limitExcept(statement);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void read(Statement statement, Block block) {
    statement.reading().read(statement.lexer(), block, false);
  }

  private static void once(Statement statement, Level level) {
    if (!statement.reading().enter(statement.name())) {
      throw statement.directiveError("is duplicate");
    }
    read(statement, new Block(statement.outer(), level, ""));
  }

  private static void include(Statement statement) {
    Reading reading = statement.reading();
    for (String path : reading.source().expand(statement.get(0))) {
      reading.include(path, statement.outer(), statement);
    }
  }

  private static void location(Statement statement) {
    LocationName name = name(statement);
    Block outer = statement.outer();
    outer.location().ifPresent(around -> checkNested(statement, name, around));
    read(statement, new Block(outer, name));
  }

  private static LocationName name(Statement statement) {
    String modifier = statement.size() == 2 ? statement.get(0) : "";
    String text = statement.get(statement.size() - 1);
    if (statement.size() == 1) {
      modifier =
          text.startsWith("=")
              ? "="
              : text.startsWith("^~")
                  ? "^~"
                  : text.startsWith("~*") ? "~*" : text.startsWith("~") ? "~" : "";
      text = text.substring(modifier.length());
    }
    Kind kind =
        switch (modifier) {
          case "=" -> Kind.EXACT;
          case "^~" -> Kind.ONLY_PREFIX;
          case "~", "~*" -> Kind.REGEX;
          default -> {
            if (statement.size() == 2) {
              throw statement.error("invalid location modifier \"" + modifier + "\"");
            }
            yield text.startsWith("@") ? Kind.NAMED : Kind.PREFIX;
          }
        };
    return new LocationName(
        kind,
        text,
        kind == Kind.REGEX
            ? Optional.of(statement.regex(text, modifier.equals("~*")))
            : Optional.empty(),
        statement.lexer().path(),
        statement.errorLine());
  }

  private static void checkNested(Statement statement, LocationName name, LocationName around) {
    String inner = "location \"" + name.text() + "\" cannot be inside the ";
    if (around.kind() == Kind.EXACT) {
      throw statement.error(inner + "exact location \"" + around.text() + "\"");
    }
    if (around.kind() == Kind.NAMED) {
      throw statement.error(inner + "named location \"" + around.text() + "\"");
    }
    if (name.kind() == Kind.NAMED) {
      throw statement.error(
          "named location \"" + name.text() + "\" can be on the server level only");
    }
    if (name.kind() != Kind.REGEX && !name.text().startsWith(around.text())) {
      throw statement.error(
          "location \"" + name.text() + "\" is outside location \"" + around.text() + "\"");
    }
  }

  private static void limitExcept(Statement statement) {
    Block outer = statement.outer();
    if (!outer.isFirst("limit_except")) {
      throw statement.directiveError("is duplicate");
    }
    Set<String> methods = new HashSet<>();
    for (String word : statement.arguments()) {
      String method = word.toUpperCase(Locale.ROOT);
      if (!METHODS.contains(method)) {
        throw statement.error("invalid method \"" + word + "\"");
      }
      methods.add(method);
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    Block limited = new Block(outer, LIMIT_EXCEPT, outer.name());
    outer.limit(Set.copyOf(methods), limited);
    read(statement, limited);
  }
}
