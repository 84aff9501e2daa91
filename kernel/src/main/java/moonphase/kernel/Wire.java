package moonphase.kernel;

import java.util.Set;
import moonphase.kernel.conf.CoreConf;
import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.Headers;
import moonphase.spi.HttpStream;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.ResponseHead;
import moonphase.spi.Verdict;

/**
 * Hands the ordered output of a main request to its stream, and decides whether the connection
 * lives on. Worker thread only.
 */
final class Wire implements Output.Sink {
  private final KernelExchange exchange;
  private final HttpStream stream;
  private boolean keepAlive;
  private boolean headerOnly;
  private boolean done;

  /** The length promised in the header; -1: none. */
  private long promised = -1;

  private long sent;

  /** What the head took on the wire. */
  private long headBytes;

  private boolean complete;

  /** Whether the last chunk was handed over and has not left yet. */
  private boolean leaving;

  /** {@code $limit_rate}; -1: not set, the location's holds. */
  private long rate = -1;

  Wire(KernelExchange exchange, HttpStream stream) {
    this.exchange = exchange;
    this.stream = stream;
    this.keepAlive = asksToKeepAlive(stream);
  }

  /** Source: ngx_http_process_connection, ngx_http_handler. */
  private static boolean asksToKeepAlive(HttpStream stream) {
    boolean asks = stream.head().version() > 10;
    Headers headers = stream.head().headers();
    for (int i = headers.indexOf("Connection", 0);
        i >= 0;
        i = headers.indexOf("Connection", i + 1)) {
      if (contains(headers.value(i), "close")) {
        asks = false;
      } else if (contains(headers.value(i), "keep-alive")) {
        asks = true;
      }
    }
    return asks;
  }

  private static boolean contains(String text, String word) {
    for (int i = text.length() - word.length(); i >= 0; i--) {
      if (text.regionMatches(true, i, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  HttpStream stream() {
    return stream;
  }

  /** Whether the last chunk was handed over, or the connection given up. */
  boolean isDone() {
    return done;
  }

  /** Whether nothing of the response is still to leave either. */
  boolean isOver() {
    return done && !leaving;
  }

  /** Whether the response was handed over to its end. */
  boolean isComplete() {
    return complete;
  }

  /** Bytes of the body sent so far, framing included. */
  long bodyBytesSent() {
    return Math.max(0, stream.bytesSent() - headBytes);
  }

  boolean isKeepAlive() {
    return keepAlive;
  }

  /** Closes the connection after this response. */
  void endConnection() {
    keepAlive = false;
  }

  /** Sends status and header. */
  void head(boolean hasNoBody) {
    if (done) {
      return;
    }
    KernelResponse response = exchange.response();
    Headers headers = response.headers();
    CoreConf core = exchange.core();
    int status = response.status();
    ResponseFields.adjust(exchange, status);
    headerOnly = hasNoBody;
    if (hasTrailers(core)) {
      headers.remove("Content-Length");
    }
    String length = headers.get("Content-Length");
    if (length != null && !hasNoBody) {
      promised = number(length);
    }
    keepAlive &=
        core.keepaliveTimeout() > 0
            && stream.connection().requests() < core.keepaliveRequests()
            && exchange.request().startMillis() - stream.connection().startMillis()
                <= core.keepaliveTime()
            && !isDisabledFor(core.keepaliveDisable())
            && !exchange.cycle().generation().isStopping();
    String line = response.statusLine();
    stream.head(
        new ResponseHead(
            status,
            line.isEmpty() ? StatusLines.of(status) : line,
            headers,
            !hasNoBody,
            keepAlive,
            core.isChunkedTransferEncoding(),
            core.isServerTokens() ? ServerName.FULL : ServerName.SHORT,
            core.connection()));
    pace(core);
    headBytes = stream.bytesSent();
  }

  /** {@code $limit_rate}: bytes a second; 0 for no limit, or as long as none is known. */
  long limitRate() {
    return Math.max(rate, 0);
  }

  /** Sets {@code $limit_rate}. */
  void limitRate(long bytesPerSecond) {
    rate = bytesPerSecond;
    if (exchange.response().isHeaderSent() && !done) {
      stream.pace(rate, exchange.core().limitRateAfter().bytes(exchange));
    }
  }

  private void pace(CoreConf core) {
    if (rate < 0) {
      rate = core.limitRate().bytes(exchange);
    }
    if (rate > 0) {
      stream.pace(rate, core.limitRateAfter().bytes(exchange));
    }
  }

  /** Whether fields follow the body, which makes it one in chunks. */
  private boolean hasTrailers(CoreConf core) {
    return exchange.attributes().get(Response.TRAILERS) != null
        && !headerOnly
        && core.isChunkedTransferEncoding()
        && stream.head().version() > 10;
  }

  /** Source: ngx_http_update_location_config, ngx_http_process_user_agent. */
  private boolean isDisabledFor(Set<String> browsers) {
    if (browsers.isEmpty()) {
      return false;
    }
    String agent = stream.head().headers().get("User-Agent");
    if (agent == null) {
      return false;
    }
    return browsers.contains("msie6")
            && agent.contains("MSIE 6.")
            && stream.head().method().equals("POST")
        || browsers.contains("safari")
            && agent.contains("Safari/")
            && agent.contains("Mac OS X")
            && !agent.contains("Chrome");
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1; // a header that a script made up promises nothing
    }
  }

  @Override
  public void accept(Chunk chunk) {
    // a subrequest's output may come before the handler of the main request sent anything
    if (!exchange.response().isHeaderSent() && exchange.response().sendHeader() != Verdict.OK) {
      chunk.release();
      abort();
      return;
    }
    if (headerOnly && !chunk.isLast()) {
      chunk.release();
      return;
    }
    Chunk filtered = chunk;
    Loop loop = exchange.calls().loop();
    Object outer = loop.inside();
    try {
      for (BodyFilter filter : exchange.location().chain().mergedFilters()) {
        if (headerOnly) {
          break;
        }
        loop.enter(filter);
        filtered = filter.filterBody(exchange, filtered);
      }
    } catch (BodyFilter.FilterException e) {
      exchange.log().log(LogLevel.DEBUG, "a body filter gave up: " + e.getMessage());
      abort();
      return;
    } finally {
      loop.leave(outer);
    }
    if (done) {
      filtered.release();
      return;
    }
    sent += filtered.length();
    if (!filtered.isLast()) {
      if (filtered.length() == 0 && !filtered.isFlush()) {
        filtered.release();
      } else {
        stream.send(filtered);
      }
      return;
    }
    done = true;
    Headers trailers = exchange.attributes().get(Response.TRAILERS);
    if (trailers != null) {
      stream.trailers(trailers);
    }
    if (promised < 0 || sent == promised) {
      complete = true;
      stream.send(filtered);
      if (stream.isLeaving()) {
        leaving = true;
        stream.whenFlushed(flushed -> left());
        return;
      }
    } else {
      // the next response could not be told from this one's rest
      stream.send(filtered.with(true, false));
      stream.whenFlushed(flushed -> stream.abort());
    }
    exchange.ending().delivered();
  }

  private void left() {
    leaving = false;
    exchange.ending().delivered();
  }

  /** Closes the connection without another byte. */
  void abort() {
    if (!isOver()) {
      done = true;
      leaving = false;
      stream.abort();
    }
  }

  /** The same for a client that was too slow or is not wanted, which may be told so by a reset. */
  void dismiss() {
    if (!done && exchange.core().connection().isResettingTimedOut()) {
      done = true;
      stream.reset();
    } else {
      abort();
    }
  }
}
