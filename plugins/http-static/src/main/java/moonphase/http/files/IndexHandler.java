package moonphase.http.files;

import java.util.List;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Request;
import moonphase.spi.Template;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Answers for a directory with its index file, by an internal redirect. Worker thread; asks the
 * disk.
 *
 * <p>Source: ngx_http_index_handler.
 */
@Component
@HandlerOf(phase = Phase.CONTENT, module = "index")
public final class IndexHandler implements PhaseHandler {
  private static final List<String> METHODS = List.of("GET", "HEAD", "POST");
  private static final String DEFAULT_NAME = "index.html";

  /** The handler, without state. */
  public IndexHandler() {}

  @Override
  public Verdict handle(Exchange exchange) {
    Request request = exchange.request();
    if (!request.uri().endsWith("/") || !METHODS.contains(request.method())) {
      return Verdict.DECLINED;
    }
    List<Template> names = exchange.conf(IndexConf.KEY).names();
    boolean isDirectoryKnown = false;
    for (int i = 0; i < Math.max(1, names.size()); i++) {
      String name = names.isEmpty() ? DEFAULT_NAME : names.get(i).evaluate(exchange);
      if (name.startsWith("/")) {
        return Verdict.redirect(name, request.args());
      }
      String uri = request.uri() + name;
      FileLookup found = FileLookup.of(exchange, uri);
      if (found.attributes().isPresent()) {
        return Verdict.redirect(uri, request.args());
      }
      Verdict refusal = refuse(exchange, found.file(), found.errno().orElse(Errno.EIO));
      if (refusal == null && !isDirectoryKnown) {
        refusal = testDirectory(exchange, found.file());
        isDirectoryKnown = true;
      }
      if (refusal != null) {
        return refusal;
      }
    }
    return Verdict.DECLINED;
  }

  /** What ends the search at a file that cannot be asked for; null if the next one is tried. */
  private static @Nullable Verdict refuse(Exchange exchange, String file, Errno errno) {
    switch (errno) {
      case ENOENT -> {
        return null;
      }
      case ENOTDIR, ENAMETOOLONG -> {
        return notFound(exchange, file, errno);
      }
      case EACCES, ELOOP -> {
        exchange.log().log(LogLevel.ERROR, "\"" + file + "\" is forbidden (" + errno + ")");
        return Verdict.finish(403);
      }
      default -> {
        exchange.log().log(LogLevel.CRIT, "stat() \"" + file + "\" failed (" + errno + ")");
        return Verdict.finish(500);
      }
    }
  }

  /** What ends the search because there is no directory; null if there is one. */
  private static @Nullable Verdict testDirectory(Exchange exchange, String file) {
    FileLookup found = FileLookup.of(exchange, exchange.request().uri());
    if (found.isDirectory() || found.errno().filter(Errno.EACCES::equals).isPresent()) {
      return null;
    }
    boolean isOther = found.attributes().isPresent();
    return notFound(exchange, file, isOther ? Errno.ENOTDIR : found.reason());
  }

  private static Verdict notFound(Exchange exchange, String file, Errno errno) {
    if (exchange.conf(StaticConf.KEY).isLoggingNotFound()) {
      exchange.log().log(LogLevel.ERROR, "\"" + file + "\" is not found (" + errno + ")");
    }
    return Verdict.finish(404);
  }
}
