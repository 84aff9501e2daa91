package moonphase.http.log;

import java.util.HashMap;
import java.util.Map;
import moonphase.spi.Arguments;
import moonphase.spi.Attributes;
import moonphase.spi.Exchange;
import moonphase.spi.LogFile;
import org.jspecify.annotations.Nullable;

/**
 * A file that is kept open by the server; one of these for all directives of a configuration that
 * name the file, so that a buffer that one of them asks for keeps the order of the lines of all.
 */
final class FileSink implements LogSink {
  /** The sinks of the configuration that is being read. */
  private static final Attributes.Key<Map<LogFile, FileSink>> SINKS =
      new Attributes.Key<>("access logs");

  private final LogFile file;
  private final WriteFailures failures;

  /** Set while the configuration is read, if at all. */
  private volatile @Nullable LineBuffer buffer;

  /**
   * A file without a buffer.
   *
   * @param name its absolute name
   */
  FileSink(LogFile file, String name) {
    this.file = file;
    this.failures = new WriteFailures(name);
  }

  /** The sink of a file, the same one for the whole of a configuration. */
  static FileSink of(Arguments args) {
    String name = args.get(0);
    LogFile file = args.logFile(name);
    Map<LogFile, FileSink> sinks = args.attributes().get(SINKS);
    if (sinks == null) {
      sinks = new HashMap<>();
      args.attributes().put(SINKS, sinks);
    }
    return sinks.computeIfAbsent(
        file, f -> new FileSink(f, name.startsWith("/") ? name : args.prefix() + name));
  }

  /** Puts a buffer in front of the file; false if there is one that differs. */
  boolean buffer(LineBuffer.Parameters parameters) {
    LineBuffer known = buffer;
    if (known == null) {
      buffer = new LineBuffer(file, failures, parameters);
      return true;
    }
    return known.parameters().equals(parameters);
  }

  /** The buffer; null if there is none. */
  @Nullable LineBuffer buffer() {
    return buffer;
  }

  @Override
  public void write(Exchange exchange, LogConf conf, String line) {
    LineBuffer lines = buffer;
    if (lines != null) {
      lines.write(exchange, line);
    } else if (!failures.isPausing()) {
      failures.note(exchange.log(), file.write(line));
    }
  }
}
