package moonphase.http.files;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import moonphase.spi.Chunk;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FileVariant;
import moonphase.spi.HandlerOf;
import moonphase.spi.HttpDate;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Request;
import moonphase.spi.Response;
import moonphase.spi.UriPath;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * Answers with a file. Worker thread: it opens the file there, as nginx does, and leaves the
 * reading to whoever sends the chunk.
 *
 * <p>Source: ngx_http_static_handler.
 */
@Component
@HandlerOf(phase = Phase.CONTENT, module = "static")
public final class StaticHandler implements PhaseHandler {
  /** The handler, without state. */
  public StaticHandler() {}

  @Override
  public Verdict handle(Exchange exchange) {
    Request request = exchange.request();
    boolean isPost = request.method().equals("POST");
    if (!isPost && !request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Verdict.finish(405);
    }
    if (request.uri().endsWith("/")) {
      return Verdict.DECLINED;
    }
    FileVariant variant = exchange.attributes().get(FileVariant.KEY);
    if (variant != null && !isPost) {
      Verdict verdict = sendVariant(exchange, variant);
      if (verdict != Verdict.DECLINED) {
        return verdict;
      }
    }
    FileLookup found = FileLookup.of(exchange, request.uri());
    String file = found.file();
    if (found.attributes().isEmpty()) {
      return refuse(exchange, file, found.reason());
    }
    BasicFileAttributes attributes = found.attributes().get();
    if (attributes.isDirectory()) {
      return redirect(exchange);
    }
    if (!attributes.isRegularFile()) {
      exchange.log().log(LogLevel.CRIT, "\"" + file + "\" is not a regular file");
      return Verdict.finish(404);
    }
    if (isPost) {
      return Verdict.finish(405);
    }
    request.body().discard();
    try {
      return answer(exchange, OpenFile.of(exchange, file), attributes);
    } catch (IOException failure) {
      return refuse(exchange, file, Errno.of(failure));
    }
  }

  /** Sends a coded copy of the file, if there is one and the client takes it. */
  private static Verdict sendVariant(Exchange exchange, FileVariant variant) {
    FileLookup copy = FileLookup.of(exchange, exchange.request().uri(), variant.suffix());
    if (copy.attributes().isEmpty()) {
      Errno errno = copy.reason();
      if (status(errno) != 404) {
        exchange.log().log(
            status(errno) == 403 ? LogLevel.ERROR : LogLevel.CRIT,
            "open() \"" + copy.file() + "\" failed (" + errno + ")");
      }
      return Verdict.DECLINED;
    }
    variant.found().run();
    if (!variant.isTaken() || !copy.attributes().get().isRegularFile()) {
      return Verdict.DECLINED;
    }
    exchange.request().body().discard();
    try {
      OpenFile file = OpenFile.of(exchange, copy.file());
      exchange.response().headers().set("Content-Encoding", variant.coding());
      return answer(exchange, file, copy.attributes().get());
    } catch (IOException failure) {
      return Verdict.DECLINED;
    }
  }

  /** A directory asked for without its slash. */
  private static Verdict redirect(Exchange exchange) {
    Request request = exchange.request();
    String location = UriPath.escape(request.uri()) + "/";
    if (!request.args().isEmpty()) {
      location += "?" + request.args();
    }
    exchange.response().headers().set("Location", location);
    return Verdict.finish(301);
  }

  private static Verdict refuse(Exchange exchange, String file, Errno errno) {
    int status = status(errno);
    LogLevel level = status == 500 ? LogLevel.CRIT : LogLevel.ERROR;
    if (status != 404 || exchange.conf(StaticConf.KEY).isLoggingNotFound()) {
      boolean isWalked = exchange.conf(StaticConf.KEY).symlinkRule() != SymlinkRule.NONE;
      String call = isWalked ? "openat()" : "open()";
      exchange.log().log(level, call + " \"" + file + "\" failed (" + errno + ")");
    }
    return Verdict.finish(status);
  }

  private static int status(Errno errno) {
    return switch (errno) {
      case ENOENT, ENOTDIR, ENAMETOOLONG -> 404;
      case EACCES, ELOOP -> 403;
      default -> 500;
    };
  }

  private static Verdict answer(Exchange exchange, OpenFile file, BasicFileAttributes attributes) {
    long modified = attributes.lastModifiedTime().to(TimeUnit.SECONDS);
    Response response = exchange.response();
    response.status(200);
    response.headers().set("Content-Length", Long.toString(file.size()));
    response.headers().set("Last-Modified", HttpDate.format(modified));
    if (exchange.conf(StaticConf.KEY).etag().orElse(true)) {
      String tag = Long.toHexString(modified) + "-" + Long.toHexString(file.size());
      response.headers().set("ETag", "\"" + tag + "\"");
    }
    String type = exchange.location().contentType(exchange.request().uri());
    if (!type.isEmpty()) {
      response.headers().set("Content-Type", type);
    }
    exchange.attributes().put(RangeHeaderFilter.IS_ALLOWED, true);
    Verdict verdict = response.sendHeader();
    if (verdict != Verdict.OK || response.isHeaderOnly()) {
      file.close();
      return verdict;
    }
    Ranges ranges = exchange.attributes().get(RangeHeaderFilter.RANGES);
    if (ranges != null) {
      return ranges.send(response, file);
    }
    if (file.size() == 0) {
      file.close();
      return response.send(Chunk.LAST);
    }
    return response.send(file.slice(0, file.size(), true));
  }
}
