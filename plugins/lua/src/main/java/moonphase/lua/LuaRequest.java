package moonphase.lua;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Attributes;
import moonphase.spi.Chunk;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;

/**
 * What Lua keeps with one request from handler to handler, until an internal redirect: {@code
 * ngx.ctx}, the VM, how far the output is. A timer or a worker's start has one too, as a stand-in
 * for a request. Worker thread only.
 *
 * <p>Source: ngx_http_lua_ctx_t, ngx_http_lua_send_chain_link.
 */
public final class LuaRequest {
  private static final Attributes.Key<LuaRequest> KEY = new Attributes.Key<>("lua request");

  private final LuaVm vm;
  private final @Nullable Exchange exchange;
  private @Nullable LuaTable ctx;
  private List<Chunk> gathered = List.of();
  private boolean isGathering;
  private boolean isEnded;
  private boolean areHeadersSet;
  private boolean isTypeSet;
  private boolean isRawSocketTaken;
  private boolean hasBodyData;
  private int pendingSubrequests;
  private Verdict failure = Verdict.OK;
  private @Nullable LuaRun run;
  private boolean isWatched;
  private @Nullable Attributes attributes;

  private LuaRequest(LuaVm vm, @Nullable Exchange exchange) {
    this.vm = vm;
    this.exchange = exchange;
  }

  /** What is kept with an exchange; null if no Lua ran in it since the last redirect. */
  static @Nullable LuaRequest find(Exchange exchange) {
    return exchange.attributes().get(KEY);
  }

  /** Begins to keep something with an exchange in which no Lua has run yet. */
  public static LuaRequest begin(LuaVm vm, Exchange exchange) {
    LuaRequest request = new LuaRequest(vm, exchange);
    exchange.attributes().put(KEY, request);
    return request;
  }

  /** A stand-in, for what runs without a client. */
  static LuaRequest standIn(LuaVm vm) {
    return new LuaRequest(vm, null);
  }

  /** The VM. */
  public LuaVm vm() {
    return vm;
  }

  /** Whether there is a client's request. */
  public boolean hasExchange() {
    return exchange != null;
  }

  /**
   * The client's request.
   *
   * @throws LuaError {@code API disabled in the current context} for a stand-in
   */
  public Exchange exchange() {
    if (exchange == null) {
      throw new LuaError("API disabled in the current context");
    }
    return exchange;
  }

  /** The table {@code ngx.ctx}, made at the first use. */
  public LuaTable ctx() {
    LuaTable table = ctx;
    if (table == null) {
      table = new LuaTable();
      ctx(table);
    }
    return table;
  }

  /** Sets the table {@code ngx.ctx}. */
  public void ctx(LuaTable table) {
    if (ctx == null && exchange != null && exchange.log().isEnabled(LogLevel.DEBUG)) {
      Exchange ending = exchange;
      ending.onEnd(() -> ending.log().log(LogLevel.DEBUG, "lua release ngx.ctx at ref 1"));
    }
    ctx = table;
  }

  /** Drops the table {@code ngx.ctx}: the location is chosen again. */
  void forgetCtx() {
    ctx = null;
  }

  /** Whether {@code ngx.ctx} was used. */
  public boolean hasCtx() {
    return ctx != null;
  }

  /** Whether the header was sent. */
  public boolean isHeaderSent() {
    return exchange().response().isHeaderSent();
  }

  /** Whether Lua has sent the end of the response. */
  public boolean isEnded() {
    return isEnded;
  }

  /** Whether output is gathered because an HTTP/1.0 client wants its length. */
  public boolean isGathering() {
    return isGathering;
  }

  /** Notes that a script has set a header field. */
  public void headersSet() {
    areHeadersSet = true;
  }

  /** Notes that a script has set {@code Content-Type}, or removed it. */
  public void typeSet() {
    isTypeSet = true;
  }

  /** Whether {@code ngx.req.socket(true)} took the connection over. */
  public boolean isRawSocketTaken() {
    return isRawSocketTaken;
  }

  /** Notes that {@code ngx.req.socket(true)} took the connection over. */
  public void rawSocketTaken() {
    isRawSocketTaken = true;
  }

  /** Whether body data was sent. */
  public boolean hasBodyData() {
    return hasBodyData;
  }

  /** How many subrequests this request waits for; while there are any, it cannot be left. */
  public int pendingSubrequests() {
    return pendingSubrequests;
  }

  /** Counts subrequests that begin or, with -1, end. */
  public void addPendingSubrequests(int count) {
    pendingSubrequests += count;
  }

  /** What a header filter decided instead of the response, or OK. */
  Verdict failure() {
    return failure;
  }

  @Nullable LuaRun run() {
    return run;
  }

  /** The run whose waiting threads end with the exchange. */
  void run(@Nullable LuaRun run) {
    this.run = run;
    if (!isWatched && run != null) {
      isWatched = true;
      exchange().onEnd(this::end);
    }
  }

  private void end() {
    LuaRun waiting = run;
    run = null;
    if (waiting != null) {
      waiting.abort();
    }
  }

  /** Values that API areas keep with this request. */
  public Attributes attributes() {
    Attributes kept = attributes;
    if (kept == null) {
      kept = new Attributes();
      attributes = kept;
    }
    return kept;
  }

  // Output.

  /**
   * Sends the header unless that was done, or output is being gathered.
   *
   * @return OK, or what a filter decided
   */
  public Verdict sendHeader() {
    Response response = exchange().response();
    if (response.isHeaderSent() || failure != Verdict.OK) {
      return failure;
    }
    if (response.status() == 0) {
      response.status(200);
    }
    if (!isTypeSet) {
      isTypeSet = true;
      setDefaultType();
    }
    if (!areHeadersSet) {
      response.headers().remove("Content-Length");
      response.headers().remove("Accept-Ranges");
    }
    return isGathering ? Verdict.OK : keep(response.sendHeader());
  }

  private void setDefaultType() {
    if (exchange().response().status() == 304
        || !exchange().conf(LuaConf.KEY).isUsingDefaultType()
        || exchange().response().headers().contains("Content-Type")) {
      return;
    }
    String type = exchange().location().contentType(exchange().request().uri());
    if (!type.isEmpty()) {
      exchange().response().headers().set("Content-Type", type);
    }
  }

  /**
   * Sends a piece of the body, the header before it.
   *
   * @return OK, or what a filter decided
   */
  public Verdict send(Chunk chunk) {
    if (isRawSocketTaken || isEnded) {
      chunk.release();
      return Verdict.OK;
    }
    Response response = exchange().response();
    Verdict verdict = begin(response);
    if (verdict != Verdict.OK || response.isHeaderOnly()) {
      chunk.release();
      return verdict;
    }
    hasBodyData |= chunk.length() > 0;
    if (isGathering) {
      exchange().log().log(LogLevel.DEBUG, "lua buffering output bufs for the HTTP 1.0 request");
      if (gathered.isEmpty()) {
        gathered = new ArrayList<>();
      }
      gathered.add(chunk);
      return Verdict.OK;
    }
    return response.send(chunk);
  }

  /**
   * Sends the end of the response, the header before it.
   *
   * @return OK, or what a filter decided
   */
  public Verdict sendLast() {
    if (isRawSocketTaken || isEnded) {
      return Verdict.OK;
    }
    Response response = exchange().response();
    Verdict verdict = begin(response);
    if (verdict != Verdict.OK) {
      return verdict;
    }
    if (!response.isHeaderOnly()) {
      if (exchange == exchange().main() && !exchange().request().body().isRead()) {
        exchange().request().body().discard();
      }
      if (isGathering) {
        verdict = sendGathered(response);
        if (verdict != Verdict.OK) {
          return verdict;
        }
      }
      exchange().log().log(LogLevel.DEBUG, "lua sending last buf of the response body");
    }
    isEnded = true;
    return keep(response.send(Chunk.LAST));
  }

  /** Decides whether to gather, and sends the header. */
  private Verdict begin(Response response) {
    if (!isGathering
        && !response.isHeaderSent()
        && exchange().request().head().version() < 11
        && exchange().conf(LuaConf.KEY).isHttp10Buffering()
        && !(areHeadersSet && response.headers().contains("Content-Length"))) {
      isGathering = true;
    }
    Verdict verdict = sendHeader();
    if (verdict == Verdict.OK && response.isHeaderOnly() && !isEnded) {
      if (isGathering) {
        isGathering = false;
        verdict = keep(response.sendHeader());
      }
      isEnded = true;
      if (verdict == Verdict.OK) {
        verdict = keep(response.send(Chunk.LAST));
      }
    }
    return verdict;
  }

  private Verdict sendGathered(Response response) {
    isGathering = false;
    exchange().log().log(LogLevel.DEBUG, "lua sending HTTP 1.0 response headers");
    if (!response.headers().contains("Content-Length")) {
      long length = gathered.stream().mapToLong(Chunk::length).sum();
      response.headers().set("Content-Length", Long.toString(length));
    }
    Verdict verdict = keep(response.sendHeader());
    for (Chunk chunk : gathered) {
      if (verdict == Verdict.OK) {
        verdict = keep(response.send(chunk));
      } else {
        chunk.release();
      }
    }
    gathered = List.of();
    return verdict;
  }

  private Verdict keep(Verdict verdict) {
    if (verdict != Verdict.OK && failure == Verdict.OK) {
      failure = verdict;
    }
    return verdict;
  }
}
