package moonphase.http.log;

import moonphase.spi.Exchange;

/** Where the lines of an access log go. Worker threads, several at once. */
sealed interface LogSink permits FileSink, SyslogSink, VariableSink {
  /**
   * Takes a line with its line end.
   *
   * @param conf the logs' configuration where the exchange stands
   */
  void write(Exchange exchange, LogConf conf, String line);
}
