package moonphase.kernel;

import moonphase.spi.BodyFilter;
import moonphase.spi.Chunk;
import moonphase.spi.FlushListener;
import moonphase.spi.HeaderFilter;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A response on its way through the filters. Worker thread only.
 *
 * <p>Source: ngx_http_send_header, ngx_http_output_filter.
 */
final class KernelResponse implements Response {
  private final KernelExchange exchange;
  private final Headers headers = new Headers();
  private int status;

  /** The status of a special response, which hides {@link #status}; 0: none. */
  private int imposed;

  private String statusLine = "";
  private boolean headerSent;
  private boolean headerOnly;
  private boolean ended;

  /** Reads files for the body filters; null as long as none had to be read. */
  private @Nullable PieceReader reader;

  /** The header filter whose verdict replaced the response; it is not asked again. */
  private @Nullable HeaderFilter replacedBy;

  KernelResponse(KernelExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public int status() {
    return imposed != 0 ? imposed : status;
  }

  @Override
  public void status(int given) {
    status = given;
    if (given == 0) {
      imposed = 0;
    }
  }

  /** Sets the status of a special response; 0 leaves it to the handler that follows. */
  void impose(int given) {
    imposed = given;
  }

  @Override
  public String statusLine() {
    return statusLine;
  }

  @Override
  public void statusLine(String line) {
    statusLine = line;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public boolean isHeaderSent() {
    return headerSent;
  }

  @Override
  public boolean isHeaderOnly() {
    return headerSent ? headerOnly : hasNoBody();
  }

  @Override
  public boolean isEnded() {
    return ended;
  }

  /** Whether a header filter has put a status in the place of what was to be sent. */
  boolean isReplaced() {
    return replacedBy != null;
  }

  private boolean hasNoBody() {
    int now = status();
    return now == 204
        || now == 304
        || (now > 0 && now < 200)
        || (exchange.request().method().equals("HEAD") && exchange.request().head().version() > 9);
  }

  @Override
  public Verdict sendHeader() {
    if (ended) {
      return Verdict.OK;
    }
    if (headerSent) {
      exchange.log().log(LogLevel.ALERT, "header already sent");
      return Verdict.ERROR;
    }
    if (imposed != 0) {
      status = imposed;
      imposed = 0;
      statusLine = "";
    } else if (status == 0) {
      status = 200;
    }
    Verdict verdict = filterHeader();
    if (verdict != Verdict.OK) {
      return verdict;
    }
    headerSent = true;
    headerOnly = hasNoBody();
    exchange.sendHead(headerOnly);
    return Verdict.OK;
  }

  private Verdict filterHeader() {
    Loop loop = exchange.calls().loop();
    Object outer = loop.inside();
    try {
      for (HeaderFilter filter : exchange.location().chain().headerFilters()) {
        if (filter == replacedBy) {
          continue;
        }
        loop.enter(filter);
        Verdict verdict = filter.filterHeader(exchange);
        if (verdict != Verdict.OK && verdict != Verdict.DECLINED) {
          replacedBy = filter;
          return verdict;
        }
      }
      return Verdict.OK;
    } finally {
      loop.leave(outer);
    }
  }

  @Override
  public Verdict send(Chunk chunk) {
    if (ended) {
      chunk.release();
      return Verdict.OK;
    }
    if (!headerSent) {
      Verdict verdict = sendHeader();
      if (verdict != Verdict.OK) {
        chunk.release();
        return verdict;
      }
    }
    ended = chunk.isLast();
    if (headerOnly) {
      boolean last = chunk.isLast();
      chunk.release();
      if (last) {
        exchange.write(Chunk.LAST);
      }
      return Verdict.OK;
    }
    PieceReader reads = reader(chunk);
    if (reads != null) {
      reads.add(chunk);
      return Verdict.OK;
    }
    return filter(chunk);
  }

  /** What has to read before a chunk can pass the filters; null if it can pass now. */
  private @Nullable PieceReader reader(Chunk chunk) {
    if (reader == null
        && chunk instanceof Chunk.FileSlice
        && (isInMemory(exchange) || (!exchange.isApart() && isInMemory(exchange.main())))) {
      reader = new PieceReader(exchange);
    }
    return reader != null && reader.holds(chunk) ? reader : null;
  }

  private static boolean isInMemory(KernelExchange exchange) {
    return exchange.attributes().get(IN_MEMORY) != null;
  }

  /** Whether something waits for files to be read. */
  boolean isReading() {
    return reader != null && reader.isBusy();
  }

  /** Has a chunk pass the body filters and go out. */
  Verdict filter(Chunk chunk) {
    Chunk filtered = chunk;
    Loop loop = exchange.calls().loop();
    Object outer = loop.inside();
    try {
      for (BodyFilter filter : exchange.location().chain().bodyFilters()) {
        loop.enter(filter);
        filtered = filter.filterBody(exchange, filtered);
      }
    } catch (BodyFilter.FilterException e) {
      exchange.log().log(LogLevel.DEBUG, "a body filter gave up: " + e.getMessage());
      return Verdict.ERROR;
    } finally {
      loop.leave(outer);
    }
    if (filtered.length() == 0 && !filtered.isFlush() && !filtered.isLast()) {
      filtered.release();
    } else {
      exchange.write(filtered);
    }
    Child child = exchange.child();
    if (ended && !filtered.isLast() && child != null) {
      child.truncated(); // its walk has ended, so those behind it need not wait for more
      exchange.write(Chunk.LAST);
    }
    return Verdict.OK;
  }

  /** Sends what is missing: the header, the last chunk. Returns OK or what a filter decided. */
  Verdict end() {
    return ended ? Verdict.OK : send(Chunk.LAST);
  }

  /** Lets nothing more pass: the client has gone, or the connection is to be closed. */
  void giveUp() {
    ended = true;
    if (reader != null) {
      reader.drop();
    }
  }

  @Override
  public boolean isWritable() {
    return exchange.stream().isWritable();
  }

  @Override
  public void whenFlushed(FlushListener listener) {
    exchange.whenFlushed(listener);
  }
}
