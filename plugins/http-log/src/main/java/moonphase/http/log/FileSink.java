package moonphase.http.log;

import moonphase.spi.Exchange;
import moonphase.spi.LogFile;

/**
 * A file that gets each line at once.
 *
 * @param file kept open by the server
 */
record FileSink(LogFile file) implements LogSink {
  @Override
  public void write(Exchange exchange, String line) {
    file.write(line);
  }
}
