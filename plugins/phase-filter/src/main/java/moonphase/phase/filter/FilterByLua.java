package moonphase.phase.filter;

import static moonphase.spi.Level.HTTP;
import static moonphase.spi.Level.LOCATION;
import static moonphase.spi.Level.LOCATION_IF;
import static moonphase.spi.Level.SERVER;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import moonphase.lua.BodyPiece;
import moonphase.lua.LuaConf;
import moonphase.lua.LuaContext;
import moonphase.lua.LuaDirectives;
import moonphase.lua.LuaRequest;
import moonphase.lua.LuaRun;
import moonphase.lua.LuaRuntime;
import moonphase.lua.LuaScript;
import moonphase.spi.Attributes;
import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.ConfBlock;
import moonphase.spi.Directive;
import moonphase.spi.Exchange;
import moonphase.spi.FilterOf;
import moonphase.spi.HeaderFilter;
import moonphase.spi.HttpModule;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code header_filter_by_lua*} and {@code body_filter_by_lua*}. Worker thread.
 *
 * <p>Source: ngx_http_lua_header_filter, ngx_http_lua_body_filter.
 */
@Component(service = {HttpModule.class, HeaderFilter.class, BodyFilter.class})
@FilterOf(module = "lua_filter")
public final class FilterByLua implements HttpModule, HeaderFilter, BodyFilter {
  /** Present once a script has ended a body; what follows is dropped. */
  private static final Attributes.Key<Boolean> ENDED = new Attributes.Key<>("lua body ended");

  private final LuaRuntime lua;

  /** Used by the framework. */
  @Activate
  public FilterByLua(@Reference LuaRuntime lua) {
    this.lua = lua;
  }

  @Override
  public String name() {
    return "lua_filter";
  }

  @Override
  public List<Directive<?>> directives() {
    List<Directive<?>> all =
        new ArrayList<>(
            LuaDirectives.all(LuaContext.HEADER_FILTER, HTTP, SERVER, LOCATION, LOCATION_IF));
    all.addAll(LuaDirectives.all(LuaContext.BODY_FILTER, HTTP, SERVER, LOCATION, LOCATION_IF));
    return all;
  }

  @Override
  public boolean isHeaderIdle(ConfBlock block) {
    return block.conf(LuaConf.KEY).script(LuaContext.HEADER_FILTER) == null && isBodyIdle(block);
  }

  @Override
  public Verdict filterHeader(Exchange exchange) {
    LuaConf conf = exchange.conf(LuaConf.KEY);
    if (conf.isUsed(LuaContext.HEADER_FILTER) || conf.isUsed(LuaContext.BODY_FILTER)) {
      debug(exchange, "lua header filter for user lua code");
    }
    if (conf.script(LuaContext.BODY_FILTER) != null) {
      exchange.attributes().put(Response.IN_MEMORY, true);
    }
    LuaScript script = conf.script(LuaContext.HEADER_FILTER);
    Verdict verdict = script == null ? Verdict.OK : filter(exchange, script);
    if (verdict == Verdict.OK && conf.isCapturing()) {
      debug(exchange, "lua capture header filter");
    }
    return verdict;
  }

  private Verdict filter(Exchange exchange, LuaScript script) {
    LuaRequest request = lua.request(exchange);
    if (request == null) {
      return Verdict.ERROR;
    }
    LuaRun run = lua.run(LuaContext.HEADER_FILTER, request);
    if (!lua.call(run, script)) {
      return Verdict.ERROR;
    }
    if (run.end() != LuaRun.End.EXIT || run.exitCode() == 0) {
      return Verdict.OK;
    }
    int code = run.exitCode();
    return code < 100 || code > 999 ? Verdict.ERROR : Verdict.finish(code);
  }

  @Override
  public boolean isBodyIdle(ConfBlock block) {
    return block.conf(LuaConf.KEY).script(LuaContext.BODY_FILTER) == null;
  }

  @Override
  public Chunk filterBody(Exchange exchange, Chunk chunk) throws FilterException {
    LuaConf conf = exchange.conf(LuaConf.KEY);
    if (conf.isUsed(LuaContext.BODY_FILTER)) {
      debug(exchange, "lua body filter for user lua code");
    }
    if (conf.isCapturing()) {
      debug(exchange, "lua capture body filter");
    }
    LuaScript script = conf.script(LuaContext.BODY_FILTER);
    if (script == null || exchange.response().isHeaderOnly()) {
      return chunk;
    }
    if (exchange.attributes().get(ENDED) != null) {
      chunk.release();
      return Chunk.EMPTY;
    }
    LuaRequest request = lua.request(exchange);
    if (request == null) {
      chunk.release();
      throw new FilterException("no Lua VM");
    }
    return filter(exchange, request, script, chunk);
  }

  private Chunk filter(Exchange exchange, LuaRequest request, LuaScript script, Chunk chunk)
      throws FilterException {
    BodyPiece piece = new BodyPiece(read(exchange, chunk), chunk.isLast());
    LuaRun run = lua.run(LuaContext.BODY_FILTER, request);
    run.bodyPiece(piece);
    if (!lua.call(run, script)) {
      chunk.release();
      throw new FilterException("body_filter_by_lua failed");
    }
    if (piece.isLast()) {
      exchange.attributes().put(ENDED, true);
    }
    if (!piece.isChanged()) {
      return chunk.with(chunk.isFlush(), piece.isLast());
    }
    Chunk changed = Chunk.of(piece.bytes()).with(chunk.isFlush(), piece.isLast());
    chunk.release();
    return changed;
  }

  private static byte[] read(Exchange exchange, Chunk chunk) throws FilterException {
    try {
      return chunk.toBytes();
    } catch (IOException e) {
      exchange.log().log(LogLevel.CRIT, "body_filter_by_lua could not read the body", e);
      chunk.release();
      throw new FilterException("the body could not be read");
    }
  }

  private static void debug(Exchange exchange, String what) {
    if (exchange.log().isEnabled(LogLevel.DEBUG)) {
      exchange.log().log(LogLevel.DEBUG, what + ", uri \"" + exchange.request().uri() + "\"");
    }
  }
}
