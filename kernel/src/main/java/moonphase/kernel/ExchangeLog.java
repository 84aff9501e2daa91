package moonphase.kernel;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.SocketAddress;
import java.util.List;
import moonphase.kernel.conf.ClientRange;
import moonphase.kernel.conf.ServerBlock;
import moonphase.kernel.log.AddressText;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.kernel.log.RequestContext;
import moonphase.spi.Connection;
import moonphase.spi.ErrorLog;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;

/** The error log where an exchange stands; lines say which request. Worker thread only. */
final class ExchangeLog implements ErrorLog {
  private static final String WITHOUT_CONTEXT = " closed keepalive connection";

  private final KernelExchange exchange;

  /** Whether {@code debug_connection} names the client. */
  private final boolean isDebugged;

  ExchangeLog(KernelExchange exchange) {
    this.exchange = exchange;
    this.isDebugged = isDebugged(exchange.cycle(), exchange.connection());
  }

  private static boolean isDebugged(Cycle cycle, Connection connection) {
    List<ClientRange> ranges = cycle.configuration().process().debugConnections();
    if (ranges.isEmpty()) {
      return false;
    }
    SocketAddress remote = connection.remote();
    return ranges.stream().anyMatch(range -> range.contains(remote));
  }

  /**
   * Writes a line about a connection that has no request yet.
   *
   * @param address where it came in
   * @param line as much of a request line as has come; empty for nothing
   */
  static void note(
      Cycle cycle,
      ServerBlock server,
      String address,
      Connection connection,
      LogLevel level,
      String message,
      String line) {
    NginxErrorLog log = server.block().core().errorLog();
    boolean isDebugged = isDebugged(cycle, connection);
    if (!isDebugged && !log.isEnabled(level)) {
      return;
    }
    String context =
        message.endsWith(WITHOUT_CONTEXT)
            ? ""
            : RequestContext.text(
                client(connection), line.isEmpty() ? address : server.name(), line, "", "", "");
    write(log, isDebugged, level, connection, message, context, "");
  }

  private static void write(
      NginxErrorLog log,
      boolean isDebugged,
      LogLevel level,
      Connection connection,
      String message,
      String context,
      String trace) {
    long id = connection.worker().threadId();
    if (isDebugged) {
      log.writeAll(level, id, connection.number(), message, context, trace);
    } else {
      log.write(level, id, connection.number(), message, context, trace);
    }
  }

  private static String client(Connection connection) {
    return AddressText.client(connection.remote());
  }

  private NginxErrorLog file() {
    return exchange.core().errorLog();
  }

  @Override
  public boolean isEnabled(LogLevel level) {
    return isDebugged || file().isEnabled(level);
  }

  @Override
  public void log(LogLevel level, String message) {
    log(level, message, "");
  }

  @Override
  public void log(LogLevel level, String message, Throwable bug) {
    StringWriter trace = new StringWriter();
    bug.printStackTrace(new PrintWriter(trace));
    log(level, message, trace.toString());
  }

  private void log(LogLevel level, String message, String trace) {
    if (isEnabled(level)) {
      Connection connection = exchange.connection();
      String context = place() + context(connection);
      write(file(), isDebugged, level, connection, message, context, trace);
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
        exchange.main().server().name(),
        exchange.request().head().line(),
        exchange.isSubrequest() ? exchange.request().uri() : "",
        host == null ? "" : host,
        referrer == null ? "" : referrer);
  }
}
