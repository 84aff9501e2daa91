package moonphase.http.log;

import moonphase.spi.Exchange;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;

/**
 * A syslog server that gets each line as a message of its own; one that cannot be sent at once is
 * lost, and named in the error log.
 *
 * @param server sends
 */
record SyslogSink(LogFile server) implements LogSink {
  @Override
  public void write(Exchange exchange, LogConf conf, String line) {
    if (server.write(line) != null) {
      exchange.log().log(LogLevel.WARN, "send() to syslog failed");
    }
  }
}
