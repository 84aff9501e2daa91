package moonphase.http.autoindex;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import moonphase.http.autoindex.AutoindexConf.Format;
import moonphase.spi.Chunk;
import moonphase.spi.ConfBlock;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.HandlerOf;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Request;
import moonphase.spi.Response;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * Answers for a directory with the list of its files. Worker thread; asks the disk, as nginx does.
 *
 * <p>Source: ngx_http_autoindex_handler.
 */
@Component
@HandlerOf(phase = Phase.CONTENT, module = "autoindex")
public final class AutoindexHandler implements PhaseHandler {
  private static final int LONGEST_CALLBACK = 128;

  /** The handler, without state. */
  public AutoindexHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return !block.conf(AutoindexConf.KEY).enabled().orElse(false);
  }

  @Override
  public Verdict handle(Exchange exchange) {
    AutoindexConf conf = exchange.conf(AutoindexConf.KEY);
    Request request = exchange.request();
    boolean isGet = request.method().equals("GET") || request.method().equals("HEAD");
    if (!conf.enabled().orElse(false) || !isGet || !request.uri().endsWith("/")) {
      return Verdict.DECLINED;
    }
    request.body().discard();
    Format format = conf.format().orElse(Format.HTML);
    String callback = "";
    if (format == Format.JSONP) {
      callback = Objects.requireNonNullElse(exchange.variables().get("arg_callback"), "");
      if (!isCallback(exchange, callback)) {
        return Verdict.finish(400);
      }
      format = callback.isEmpty() ? Format.JSON : Format.JSONP;
    }
    String file = exchange.location().file(request.uri());
    String folder =
        file.length() > 1 && file.endsWith("/") ? file.substring(0, file.length() - 1) : file;
    if (!exchange.location().contains(request.uri(), file)) {
      return refuse(exchange, folder, Errno.ENOENT);
    }
    try (DirectoryStream<Path> directory = Files.newDirectoryStream(FilePath.of(folder))) {
      return answer(exchange, conf, format, callback, Entry.list(exchange, directory));
    } catch (DirectoryIteratorException failure) {
      return refuse(exchange, folder, Errno.of(Objects.requireNonNull(failure.getCause())));
    } catch (IOException failure) {
      return refuse(exchange, folder, Errno.of(failure));
    } catch (InvalidPathException impossible) {
      return refuse(exchange, folder, Errno.of(impossible));
    }
  }

  private static boolean isCallback(Exchange exchange, String name) {
    boolean isLong = name.length() > LONGEST_CALLBACK;
    if (isLong || !name.matches("[A-Za-z0-9_.]*")) {
      exchange.log().log(
          LogLevel.INFO,
          "client sent %s callback name: \"%s\"".formatted(isLong ? "too long" : "invalid", name));
      return false;
    }
    return true;
  }

  private static Verdict refuse(Exchange exchange, String folder, Errno errno) {
    int status =
        switch (errno) {
          case ENOENT, ENOTDIR, ENAMETOOLONG -> 404;
          case EACCES -> 403;
          default -> 500;
        };
    exchange.log().log(
        status == 500 ? LogLevel.CRIT : LogLevel.ERROR,
        "opendir() \"" + folder + "\" failed (" + errno + ")");
    return Verdict.finish(status);
  }

  private static Verdict answer(
      Exchange exchange, AutoindexConf conf, Format format, String callback, List<Entry> entries) {
    Response response = exchange.response();
    response.status(200);
    response.headers().set("Content-Type", format.type());
    Verdict verdict = response.sendHeader();
    if (verdict != Verdict.OK || response.isHeaderOnly()) {
      return verdict;
    }
    String text =
        switch (format) {
          case HTML ->
              new HtmlListing(
                      conf.exactSize().orElse(true),
                      conf.localTime().orElse(false) ? ZoneId.systemDefault() : ZoneOffset.UTC)
                  .write(exchange.request().uri(), entries);
          case JSON -> Listings.json(entries);
          case JSONP -> "/* callback */\r\n" + callback + "(" + Listings.json(entries) + ");";
          case XML -> Listings.xml(entries);
        };
    return response.send(Chunk.of(text).with(false, true));
  }
}
