package moonphase.http.referer;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.Directive;
import moonphase.spi.HostNames;
import moonphase.spi.HttpModule;
import moonphase.spi.Regex;
import moonphase.spi.Variable;
import org.osgi.service.component.annotations.Component;

/**
 * The module: {@code valid_referers}, {@code $invalid_referer}.
 *
 * <p>Source: nginx manual, ngx_http_referer_module.
 */
@Component
public final class RefererModule implements HttpModule {
  /** The module, with nothing to set up. */
  public RefererModule() {}

  @Override
  public String name() {
    return "referer";
  }

  @Override
  public List<Variable> variables() {
    return List.of(
        Variable.cached(
            "invalid_referer",
            (exchange, name) -> exchange.conf(Referers.KEY).isValid(exchange) ? "" : "1"));
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("valid_referers")
            .in(SERVER, LOCATION)
            .args(1, Integer.MAX_VALUE)
            .repeatable()
            .sets(Referers.KEY, RefererModule::read),
        hashSize("referer_hash_bucket_size"),
        hashSize("referer_hash_max_size"));
  }

  private static Directive<Referers> hashSize(String name) {
    return directive(name)
        .in(SERVER, LOCATION)
        .args(1)
        .sets(
            Referers.KEY,
            (conf, args) -> {
              args.number(0);
              args.hasNoEffect("the Java virtual machine's hash tables grow by themselves");
              return conf;
            });
  }

  private static Referers read(Referers conf, Arguments args) {
    HostNames<String> hosts = conf.isSet() ? conf.hosts() : new HostNames<>();
    List<Regex> expressions = new ArrayList<>(conf.expressions());
    boolean isNone = conf.isNone();
    boolean isBlocked = conf.isBlocked();
    boolean isServerName = conf.isServerName();
    for (int i = 0; i < args.size(); i++) {
      String text = args.get(i);
      switch (text) {
        case "" -> throw args.error("invalid referer \"\"");
        case "none" -> isNone = true;
        case "blocked" -> isBlocked = true;
        case "server_names" -> isServerName = true;
        default -> {
          if (text.startsWith("~")) {
            expressions.add(expression(args, text));
          } else {
            add(args, hosts, text);
          }
        }
      }
    }
    return new Referers(true, isNone, isBlocked, isServerName, hosts, List.copyOf(expressions));
  }

  private static Regex expression(Arguments args, String text) {
    if (text.length() == 1) {
      throw args.error("empty regex in \"" + text + "\"");
    }
    return args.regex(text.substring(1), true);
  }

  private static void add(Arguments args, HostNames<String> hosts, String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    switch (hosts.addHost(host, slash < 0 ? "" : text.substring(slash))) {
      case INVALID -> throw args.error("invalid hostname or wildcard \"" + host + "\"");
      case CONFLICT -> throw args.error("conflicting parameter \"" + host + "\"");
      case ADDED -> {}
    }
  }
}
