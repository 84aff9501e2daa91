package moonphase.http.gzip;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.util.List;
import moonphase.spi.Conf;
import moonphase.spi.ConfBlock;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.FileVariant;
import moonphase.spi.HandlerOf;
import moonphase.spi.HttpModule;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Setting;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * The module {@code gzip_static}: has a file's compressed copy sent in its place, if there is one.
 * Worker thread, stateless.
 *
 * <p>Source: ngx_http_gzip_static_handler.
 */
@Component(service = {HttpModule.class, PhaseHandler.class})
@HandlerOf(phase = Phase.CONTENT, module = "gzip_static")
public final class GzipStaticHandler implements HttpModule, PhaseHandler {
  /** When a compressed copy is sent. */
  enum Mode {
    OFF,
    ON,
    ALWAYS
  }

  /**
   * Whether copies are looked for.
   *
   * @param mode {@code gzip_static}
   */
  record GzipStaticConf(Setting<Mode> mode) implements Conf<GzipStaticConf> {
    static final ConfKey<GzipStaticConf> KEY =
        new ConfKey<>("gzip_static", new GzipStaticConf(Setting.unset()));

    @Override
    public GzipStaticConf inherit(GzipStaticConf outer) {
      return new GzipStaticConf(mode.inherit(outer.mode));
    }
  }

  /** The handler, without state. */
  public GzipStaticHandler() {}

  @Override
  public String name() {
    return "gzip_static";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("gzip_static")
            .in(HTTP, SERVER, LOCATION)
            .args(1)
            .sets(
                GzipStaticConf.KEY,
                (conf, args) ->
                    new GzipStaticConf(
                        Setting.of(
                            switch (args.get(0)) {
                              case "off" -> Mode.OFF;
                              case "on" -> Mode.ON;
                              case "always" -> Mode.ALWAYS;
                              default -> throw args.error("invalid value \"" + args.get(0) + "\"");
                            }))));
  }

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(GzipStaticConf.KEY).mode().orElse(Mode.OFF) == Mode.OFF;
  }

  @Override
  public Verdict handle(Exchange exchange) {
    Mode mode = exchange.conf(GzipStaticConf.KEY).mode().orElse(Mode.OFF);
    if (mode == Mode.OFF) {
      return Verdict.DECLINED;
    }
    boolean isTaken = mode == Mode.ALWAYS || Client.takesGzip(exchange);
    if (isTaken || exchange.conf(ClientConf.KEY).isVarying()) {
      Runnable found = mode == Mode.ON ? () -> GzipFilter.vary(exchange) : () -> {};
      exchange.attributes().put(FileVariant.KEY, new FileVariant(".gz", "gzip", isTaken, found));
    }
    return Verdict.DECLINED;
  }
}
