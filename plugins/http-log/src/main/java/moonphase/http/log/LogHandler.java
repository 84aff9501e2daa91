package moonphase.http.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import moonphase.spi.Exchange;
import moonphase.spi.Generation;
import moonphase.spi.GenerationListener;
import moonphase.spi.HandlerOf;
import moonphase.spi.Phase;
import moonphase.spi.PhaseHandler;
import moonphase.spi.Verdict;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Writes the lines of finished requests; keeps the default log, flushes buffers and closes files.
 *
 * <p>Threads: handlers run on the workers; the collections are shared among them. A buffer that
 * holds lines is in {@link #buffers}.
 */
@Component
@HandlerOf(phase = Phase.LOG, module = "log")
public final class LogHandler implements PhaseHandler, GenerationListener {
  private static final String DEFAULT_LOG = "logs/access.log";

  private final Map<Integer, List<AccessLog>> defaults = new ConcurrentHashMap<>();
  private final Set<LineBuffer> buffers = ConcurrentHashMap.newKeySet();

  /** Files that stay open, by generation. */
  private final Map<Integer, Set<OpenLogFiles>> open = new ConcurrentHashMap<>();

  /** Whose log is told of failures when nobody else is there; null before the first. */
  private volatile @Nullable Generation latest;

  /** The handler, with no log open. */
  public LogHandler() {}

  /** Opens the default log if the level {@code http} has none of its own. */
  @Override
  public void configured(Generation generation) {
    latest = generation;
    if (generation.conf(LogConf.KEY).isUnset()) {
      FileSink file =
          new FileSink(generation.logFile(DEFAULT_LOG), generation.prefix() + DEFAULT_LOG);
      defaults.put(
          generation.number(),
          List.of(new AccessLog(file, LogFormats.combined(), Optional.empty())));
    }
  }

  @Override
  public Verdict handle(Exchange exchange) {
    LogConf conf = exchange.conf(LogConf.KEY);
    if (conf.isOff()) {
      return Verdict.OK;
    }
    List<AccessLog> logs =
        conf.isUnset()
            ? defaults.getOrDefault(exchange.location().generation().number(), List.of())
            : conf.logs();
    OpenLogFiles kept = conf.openFiles();
    if (kept != null) {
      open.computeIfAbsent(
              exchange.location().generation().number(), n -> ConcurrentHashMap.newKeySet())
          .add(kept);
    }
    for (AccessLog log : logs) {
      log.write(exchange, conf);
      if (log.sink() instanceof FileSink file && file.buffer() instanceof LineBuffer buffer) {
        buffers.add(buffer);
      }
    }
    return Verdict.OK;
  }

  @Override
  public void reopening(Generation generation) {
    flush(generation);
  }

  @Override
  public void workerExited(Generation generation, Worker worker) {
    flush(generation);
  }

  @Override
  public void retired(Generation generation) {
    flush(generation);
    defaults.remove(generation.number());
    Set<OpenLogFiles> kept = open.remove(generation.number());
    if (kept != null) {
      kept.forEach(OpenLogFiles::close);
    }
  }

  /** Used by the framework: no line is lost. */
  @Deactivate
  void deactivate() {
    Generation told = latest;
    if (told != null) {
      flush(told);
    }
    open.values().forEach(kept -> kept.forEach(OpenLogFiles::close));
  }

  /** A buffer that gets a line meanwhile is put back by whoever wrote it. */
  private void flush(Generation generation) {
    for (LineBuffer buffer : buffers) {
      buffers.remove(buffer);
      buffer.flush(generation.log());
    }
  }
}
