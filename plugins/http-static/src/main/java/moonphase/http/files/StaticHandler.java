package moonphase.http.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import moonphase.spi.Chunk;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
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
      FileChannel channel = FileChannel.open(FilePath.of(file), StandardOpenOption.READ);
      return answer(exchange, new OpenFile(exchange, file, channel, channel.size()), attributes);
    } catch (IOException failure) {
      return refuse(exchange, file, Errno.of(failure));
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
    LogLevel level = LogLevel.ERROR;
    int status =
        switch (errno) {
          case ENOENT, ENOTDIR, ENAMETOOLONG -> 404;
          case EACCES, ELOOP -> 403;
          default -> {
            level = LogLevel.CRIT;
            yield 500;
          }
        };
    if (status != 404 || exchange.conf(StaticConf.KEY).isLoggingNotFound()) {
      exchange.log().log(level, "open() \"" + file + "\" failed (" + errno + ")");
    }
    return Verdict.finish(status);
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
