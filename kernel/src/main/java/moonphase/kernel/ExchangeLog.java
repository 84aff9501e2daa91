package moonphase.kernel;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import moonphase.kernel.conf.ServerBlock;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.kernel.log.RequestContext;
import moonphase.spi.Connection;
import moonphase.spi.ErrorLog;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;

/** The error log where an exchange stands; lines say which request. Worker thread only. */
final class ExchangeLog implements ErrorLog {
  private final KernelExchange exchange;

  ExchangeLog(KernelExchange exchange) {
    this.exchange = exchange;
  }

  /** Writes a line about a connection that has no request. */
  static void note(
      ServerBlock server, Connection connection, LogLevel level, String message, String line) {
    NginxErrorLog log = server.block().core().errorLog();
    if (log.isEnabled(level)) {
      log.write(
          level,
          connection.worker().threadId(),
          connection.number(),
          message,
          RequestContext.text(client(connection), server.name(), line, "", "", ""));
    }
  }

  private static String client(Connection connection) {
    SocketAddress remote = connection.remote();
    return remote instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "unix:";
  }

  private NginxErrorLog file() {
    return exchange.core().errorLog();
  }

  @Override
  public boolean isEnabled(LogLevel level) {
    return file().isEnabled(level);
  }

  @Override
  public void log(LogLevel level, String message) {
    NginxErrorLog log = file();
    if (log.isEnabled(level)) {
      Connection connection = exchange.connection();
      log.write(
          level,
          connection.worker().threadId(),
          connection.number(),
          message,
          place() + context(connection));
    }
  }

  @Override
  public void log(LogLevel level, String message, Throwable bug) {
    NginxErrorLog log = file();
    if (log.isEnabled(level)) {
      Connection connection = exchange.connection();
      log.write(
          level,
          connection.worker().threadId(),
          connection.number(),
          message,
          place() + context(connection),
          bug);
    }
  }

  /** What is being done, where nginx says so. */
  private String place() {
    return exchange.ending().isLogging() ? " while logging request" : "";
  }

  private String context(Connection connection) {
    Headers headers = exchange.main().request().headers();
    String host = headers.get("Host");
    String referrer = headers.get("Referer");
    return RequestContext.text(
        client(connection),
        exchange.server().name(),
        exchange.request().head().line(),
        exchange.isSubrequest() ? exchange.request().uri() : "",
        host == null ? "" : host,
        referrer == null ? "" : referrer);
  }
}
