package moonphase.http.files;

import moonphase.spi.ConfBlock;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.HandlerOf;
import moonphase.spi.Location;
import moonphase.spi.LogLevel;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Template;
import moonphase.spi.Verdict;
import org.osgi.service.component.annotations.Component;

/**
 * Looks for the first file there is and gives the request its URI; falls back to the last one.
 * Worker thread; asks the disk.
 *
 * <p>Deviation: under {@code alias} the fallback is taken as written; nginx cuts the location's
 * prefix off, which its own tickets call a mistake.
 *
 * <p>Source: nginx manual, ngx_http_core_module, "try_files".
 */
@Component
@HandlerOf(phase = Phase.PRECONTENT, module = "try_files")
public final class TryFilesHandler implements PhaseHandler {
  /** The handler, without state. */
  public TryFilesHandler() {}

  @Override
  public boolean isIdle(ConfBlock block) {
    return block.conf(TryFilesConf.KEY).candidates().isEmpty();
  }

  @Override
  public Verdict handle(Exchange exchange) {
    TryFilesConf conf = exchange.conf(TryFilesConf.KEY);
    if (conf.candidates().isEmpty()) {
      return Verdict.DECLINED;
    }
    String prefix = "";
    Location location = exchange.location();
    if (location.isAlias()) {
      prefix = location.name();
      if (!exchange.request().uri().startsWith(prefix)) {
        return tryBehindAlias(exchange, conf);
      }
    }
    for (TryFilesConf.Candidate candidate : conf.candidates()) {
      String name = candidate.uri().evaluate(exchange);
      String uri = name.startsWith(prefix) ? name : prefix + name;
      if (exists(exchange, uri, candidate.isDirectory())) {
        exchange.request().uri(uri);
        return Verdict.DECLINED;
      }
    }
    return giveUp(exchange, conf);
  }

  private static Verdict giveUp(Exchange exchange, TryFilesConf conf) {
    return conf.fallback()
        .map(fallback -> fallBack(exchange, fallback))
        .orElseGet(() -> Verdict.finish(conf.status()));
  }

  /**
   * In a location by expression the files are looked for behind the alias as it is; the one found
   * becomes the URI, and is looked for there again.
   */
  private static Verdict tryBehindAlias(Exchange exchange, TryFilesConf conf) {
    exchange.attributes().put(Location.ADDS_URI, true);
    for (TryFilesConf.Candidate candidate : conf.candidates()) {
      String name = candidate.uri().evaluate(exchange);
      if (exists(exchange, name, candidate.isDirectory())) {
        if (candidate.isDirectory()) {
          exchange.attributes().put(Location.ADDS_URI, null);
        } else {
          exchange.request().uri(name);
        }
        return Verdict.DECLINED;
      }
    }
    exchange.attributes().put(Location.ADDS_URI, null);
    return giveUp(exchange, conf);
  }

  private static boolean exists(Exchange exchange, String uri, boolean isDirectory) {
    FileLookup found = FileLookup.of(exchange, uri);
    if (found.attributes().isPresent()) {
      return found.isDirectory() == isDirectory;
    }
    Errno errno = found.errno().orElse(Errno.EIO);
    if (errno != Errno.ENOENT && errno != Errno.ENOTDIR && errno != Errno.ENAMETOOLONG) {
      exchange.log().log(LogLevel.CRIT, "stat() \"" + found.file() + "\" failed (" + errno + ")");
    }
    return false;
  }

  private static Verdict fallBack(Exchange exchange, Template fallback) {
    String target = fallback.evaluate(exchange);
    if (target.startsWith("@")) {
      return Verdict.named(target);
    }
    int question = target.indexOf('?');
    return question < 0
        ? Verdict.redirect(target, "")
        : Verdict.redirect(target.substring(0, question), target.substring(question + 1));
  }
}
