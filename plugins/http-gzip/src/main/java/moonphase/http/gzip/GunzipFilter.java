package moonphase.http.gzip;

import static moonphase.spi.Directive.directive;
import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.SERVER;

import java.io.IOException;
import java.util.List;
import moonphase.spi.Attributes;
import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.Conf;
import moonphase.spi.ConfBlock;
import moonphase.spi.ConfKey;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.HttpModule;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Setting;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * The module {@code gunzip}: expands compressed responses for clients that cannot read them. Worker
 * thread, stateless.
 *
 * <p>Source: ngx_http_gunzip_filter_module.
 */
@Component(service = {HttpModule.class, HeaderFilter.class, BodyFilter.class})
@FilterOf(module = "gunzip")
public final class GunzipFilter implements HttpModule, HeaderFilter, BodyFilter {
  private static final Attributes.Key<Expansion> EXPANSION =
      new Attributes.Key<>("gunzip: expansion");

  /**
   * Whether responses are expanded.
   *
   * @param enabled {@code gunzip}
   */
  record GunzipConf(Setting<Boolean> enabled) implements Conf<GunzipConf> {
    static final ConfKey<GunzipConf> KEY = new ConfKey<>("gunzip", new GunzipConf(Setting.unset()));

    @Override
    public GunzipConf inherit(GunzipConf outer) {
      return new GunzipConf(enabled.inherit(outer.enabled));
    }
  }

  /** The filter, without state. */
  public GunzipFilter() {}

  @Override
  public String name() {
    return "gunzip";
  }

  @Override
  public List<Directive<?>> directives() {
    return List.of(
        directive("gunzip")
            .in(HTTP, SERVER, LOCATION)
            .args(1)
            .sets(GunzipConf.KEY, (conf, args) -> new GunzipConf(Setting.of(args.flag(0)))),
        directive("gunzip_buffers")
            .in(HTTP, SERVER, LOCATION)
            .args(2)
            .sets(
                GunzipConf.KEY,
                (conf, args) -> {
                  GzipModule.checkBuffers(args);
                  args.hasNoEffect("buffers grow with what is expanded at once");
                  return conf;
                }));
  }

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    return !block.conf(GunzipConf.KEY).enabled().orElse(false);
  }

  @Override
  public boolean isBodyIdle(ConfBlock block) {
    return isHeaderIdle(block);
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    Headers headers = exchange.response().headers();
    if (!exchange.conf(GunzipConf.KEY).enabled().orElse(false)
        || !"gzip".equalsIgnoreCase(headers.get("Content-Encoding"))) {
      return Verdict.OK;
    }
    GzipFilter.vary(exchange);
    if (Client.takesGzip(exchange)) {
      return Verdict.OK;
    }
    if (!exchange.response().isHeaderOnly()) {
      Expansion expansion = new Expansion();
      exchange.attributes().put(EXPANSION, expansion);
      exchange.attributes().put(Response.IN_MEMORY, true);
      exchange.onEnd(expansion::end);
    }
    headers.remove("Content-Encoding");
    GzipFilter.forgetBytes(headers);
    return Verdict.OK;
  }

  @Override
  public Chunk filterBody(Exchange exchange, Chunk chunk) throws FilterException {
    Expansion expansion = exchange.attributes().get(EXPANSION);
    if (expansion == null) {
      return chunk;
    }
    try {
      Pieces.forEach(chunk, expansion::add);
      if (chunk.isLast() && !expansion.isComplete()) {
        throw new IOException("it ends early");
      }
    } catch (IOException malformed) {
      exchange.log().log(LogLevel.ERROR, "inflate() failed: " + malformed.getMessage());
      throw new FilterException("the body could not be expanded");
    } finally {
      chunk.release();
    }
    if (chunk.isLast()) {
      expansion.end();
    }
    return Chunk.of(expansion.take()).with(chunk.isFlush(), chunk.isLast());
  }
}
