package moonphase.http.log;

import moonphase.spi.Exchange;

/** Where the lines of an access log go. Worker threads, several at once. */
sealed interface LogSink permits FileSink, BufferedSink, VariableSink {
  /** Takes a line with its line end. */
  void write(Exchange exchange, String line);
}
