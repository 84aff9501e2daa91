package moonphase.kernel.conf;

import static moonphase.kernel.conf.CoreModule.choice;
import static moonphase.kernel.conf.CoreModule.flag;
import static moonphase.kernel.conf.CoreModule.millis;
import static moonphase.kernel.conf.CoreModule.name;
import static moonphase.kernel.conf.CoreModule.number;
import static moonphase.kernel.conf.CoreModule.size;
import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import moonphase.spi.Arguments;
import moonphase.spi.ConnectionSettings;
import moonphase.spi.Directive;
import moonphase.spi.Quantity;

/**
 * The core module's directives about the client's connection: how requests are read, how fast
 * responses are sent, how long it lives and how it ends.
 *
 * <p>Source: ngx_http_core_module.
 */
final class ConnectionDirectives {
  private static final Set<String> KEEPALIVE_DISABLE = Set.of("none", "msie6", "safari");

  private ConnectionDirectives() {}

  private static Directive<CoreConf> rate(CoreSetting setting) {
    return directive(name(setting))
        .in(HTTP, SERVER, LOCATION, LOCATION_IF)
        .args(1)
        .sets(CoreConf.KEY, (conf, args) -> conf.with(setting, SizeTemplate.read(args)));
  }

  private static CoreConf keepaliveTimeout(CoreConf conf, Arguments args) {
    CoreConf changed = conf.with(CoreSetting.KEEPALIVE_TIMEOUT, args.millis(0));
    if (args.size() == 1) {
      return changed;
    }
    long seconds = Quantity.seconds(args.get(1));
    if (seconds == Quantity.NONE) {
      throw ((Statement) args).directiveError("invalid value");
    }
    return changed.with(CoreSetting.KEEPALIVE_HEADER, seconds);
  }

  private static CoreConf keepaliveDisable(CoreConf conf, Arguments args) {
    Set<String> browsers = new LinkedHashSet<>();
    for (int i = 0; i < args.size(); i++) {
      String browser = args.get(i).toLowerCase(Locale.ROOT);
      if (!KEEPALIVE_DISABLE.contains(browser)) {
        throw args.error("invalid value \"" + args.get(i) + "\"");
      }
      if (!browsers.add(browser)) {
        args.warn("duplicate value \"" + args.get(i) + "\"");
      }
    }
    browsers.remove("none");
    return conf.with(CoreSetting.KEEPALIVE_DISABLE, Set.copyOf(browsers));
  }

  private static CoreConf largeBuffers(CoreConf conf, Arguments args) {
    long count = Quantity.number(args.get(0));
    long size = Quantity.bytes(args.get(1), false);
    if (count < 1 || size < 1 || count > 65_536 || size > Integer.MAX_VALUE) {
      throw ((Statement) args).directiveError("invalid value");
    }
    if (size < 512) {
      throw args.error(
          "the \"large_client_header_buffers\" size must be equal to or greater than"
              + " \"connection_pool_size\"");
    }
    return conf.with(
        CoreSetting.LARGE_CLIENT_HEADER_BUFFERS, new CoreConf.Buffers((int) count, (int) size));
  }

  static final List<Directive<CoreConf>> ALL =
      List.of(
          directive("client_header_buffer_size")
              .in(HTTP, SERVER)
              .sets(
                  CoreConf.KEY,
                  (conf, args) ->
                      conf.with(CoreSetting.CLIENT_HEADER_BUFFER_SIZE, ((Statement) args).size(0))),
          directive("client_header_timeout")
              .in(HTTP, SERVER)
              .sets(
                  CoreConf.KEY,
                  (conf, args) -> conf.with(CoreSetting.CLIENT_HEADER_TIMEOUT, args.millis(0))),
          flag(CoreSetting.IGNORE_INVALID_HEADERS, HTTP, SERVER),
          directive("keepalive_disable")
              .in(HTTP, SERVER, LOCATION)
              .args(1, 2)
              .sets(CoreConf.KEY, ConnectionDirectives::keepaliveDisable),
          number(CoreSetting.KEEPALIVE_REQUESTS),
          millis(CoreSetting.KEEPALIVE_TIME),
          directive("keepalive_timeout")
              .in(HTTP, SERVER, LOCATION)
              .args(1, 2)
              .sets(CoreConf.KEY, ConnectionDirectives::keepaliveTimeout),
          directive("large_client_header_buffers")
              .in(HTTP, SERVER)
              .args(2)
              .sets(CoreConf.KEY, ConnectionDirectives::largeBuffers),
          rate(CoreSetting.LIMIT_RATE),
          rate(CoreSetting.LIMIT_RATE_AFTER),
          choice(CoreSetting.LINGERING_CLOSE, ConnectionSettings.Lingering.values()),
          millis(CoreSetting.LINGERING_TIME),
          millis(CoreSetting.LINGERING_TIMEOUT),
          size(CoreSetting.POSTPONE_OUTPUT),
          flag(CoreSetting.RESET_TIMEDOUT_CONNECTION),
          millis(CoreSetting.SEND_TIMEOUT),
          flag(CoreSetting.UNDERSCORES_IN_HEADERS, HTTP, SERVER));
}
