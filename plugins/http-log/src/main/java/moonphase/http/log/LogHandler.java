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
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Writes the lines of finished requests; keeps the default log and flushes buffers.
 *
 * <p>Threads: handlers run on the workers; both collections are shared among them. A buffer that
 * holds lines is in {@link #buffers}.
 */
@Component
@HandlerOf(phase = Phase.LOG, module = "log")
public final class LogHandler implements PhaseHandler, GenerationListener {
  private static final String DEFAULT_LOG = "logs/access.log";

  private final Map<Integer, List<AccessLog>> defaults = new ConcurrentHashMap<>();
  private final Set<BufferedSink> buffers = ConcurrentHashMap.newKeySet();

  /** The handler, with no log open. */
  public LogHandler() {}

  /** Opens the default log if the level {@code http} has none of its own. */
  @Override
  public void configured(Generation generation) {
    if (generation.conf(LogConf.KEY).isUnset()) {
      FileSink file = new FileSink(generation.logFile(DEFAULT_LOG));
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
    for (AccessLog log : logs) {
      log.write(exchange);
      if (log.sink() instanceof BufferedSink buffer) {
        buffers.add(buffer);
      }
    }
    return Verdict.OK;
  }

  @Override
  public void workerExited(Generation generation, Worker worker) {
    flush();
  }

  @Override
  public void retired(Generation generation) {
    flush();
    defaults.remove(generation.number());
  }

  /** Used by the framework: no line is lost. */
  @Deactivate
  void deactivate() {
    flush();
  }

  /** A buffer that gets a line meanwhile is put back by whoever wrote it. */
  private void flush() {
    for (BufferedSink buffer : buffers) {
      buffers.remove(buffer);
      buffer.flush();
    }
  }
}
