package moonphase.kernel;

import java.util.Optional;
import moonphase.kernel.conf.ServerBlock;
import moonphase.kernel.conf.VirtualServers;
import moonphase.spi.Connection;
import moonphase.spi.Headers;
import moonphase.spi.HttpHandler;
import moonphase.spi.HttpStream;
import moonphase.spi.LogLevel;
import moonphase.spi.RegexException;
import moonphase.spi.RequestHead;
import moonphase.spi.UriPath;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Takes the requests of one listen address: chooses the server, refuses what is malformed, and
 * starts the walk. Worker thread only.
 *
 * <p>Source: ngx_http_process_request_headers, ngx_http_process_request_header.
 */
final class Arrival implements HttpHandler {
  private static final String READING_LINE = " while reading client request line";
  private static final String READING_HEADERS = " while reading client request headers";

  private final KernelGeneration generation;
  private final int listen;

  /** Why a request is refused before it walks. */
  private record Refusal(int status, String complaint) {}

  /**
   * A handler of a generation.
   *
   * @param listen the index of the address in the configuration
   */
  Arrival(KernelGeneration generation, int listen) {
    this.generation = generation;
    this.listen = listen;
  }

  @Override
  public void request(HttpStream stream) {
    generation.begin(stream.connection().worker());
    begin(generation.cycle(), stream, listen, 0);
  }

  @Override
  public void note(Connection connection, LogLevel level, String message, String line) {
    VirtualServers servers = generation.cycle().servers(listen);
    ExchangeLog.note(servers.defaultServer(), connection, level, message, line);
  }

  /**
   * Starts the walk of a request.
   *
   * @param heldMillis how long it has waited for a module
   */
  static void begin(Cycle cycle, HttpStream stream, int listen, long heldMillis) {
    VirtualServers servers = cycle.servers(listen);
    RequestHead head = stream.head();
    Refusal refusal = null;
    String host = "";
    if (head.status() != 0) {
      refusal = new Refusal(head.status(), head.complaint());
    } else {
      refusal = checkHost(head);
      host = refusal == null ? host(head) : "";
    }
    VirtualServers.Found found;
    try {
      found = servers.find(host);
    } catch (RegexException e) {
      cycle.generation().log().log(LogLevel.ALERT, e.getMessage());
      found = new VirtualServers.Found(servers.defaultServer(), null);
      refusal = new Refusal(500, "a server name cannot be matched");
    }
    ServerBlock server = found.server();
    UriPath path =
        UriPath.parse(head.target(), server.block().core().isMergeSlashes()).orElse(null);
    if (refusal == null) {
      refusal =
          path == null
              ? new Refusal(400, "client sent invalid request" + READING_LINE)
              : checkMethod(head.method());
    }
    String uri = path == null ? "" : path.path();
    String args = path == null ? "" : path.args();
    KernelExchange exchange =
        new KernelExchange(cycle, stream, server, uri, args, listen, heldMillis);
    exchange.request().host(host);
    cycle.enter(exchange);
    if (found.match() != null) {
      found.match().applyTo(exchange);
    }
    if (refusal != null) {
      refuse(exchange, refusal);
    } else if (cycle.isClosed(server.block())) {
      if (HeldRequests.hold(exchange)) {
        exchange.walk();
      }
    } else {
      exchange.walk();
    }
  }

  private static void refuse(KernelExchange exchange, Refusal refusal) {
    exchange.log().log(LogLevel.INFO, refusal.complaint);
    if (Finalizer.apply(exchange, Verdict.finish(refusal.status))) {
      exchange.walk();
    }
  }

  private static @Nullable Refusal checkHost(RequestHead head) {
    Headers headers = head.headers();
    int field = headers.indexOf("Host", 0);
    if (field < 0) {
      return head.version() > 10 && head.version() < 20
          ? new Refusal(
              400, "client sent HTTP/1.1 request without \"Host\" header" + READING_HEADERS)
          : null;
    }
    int second = headers.indexOf("Host", field + 1);
    if (second >= 0) {
      return new Refusal(
          400,
          "client sent duplicate host header: \"Host: "
              + headers.value(second)
              + "\", previous value: \"Host: "
              + headers.value(field)
              + "\""
              + READING_HEADERS);
    }
    return HostName.parse(headers.value(field)).isEmpty()
        ? new Refusal(400, "client sent invalid host header" + READING_HEADERS)
        : null;
  }

  /** The host asked for; that of an absolute URI goes before the field. */
  private static String host(RequestHead head) {
    String field = head.headers().get("Host");
    Optional<String> host =
        head.host().isEmpty()
            ? field == null ? Optional.empty() : HostName.parse(field)
            : HostName.parse(head.host());
    return host.orElse("");
  }

  private static @Nullable Refusal checkMethod(String method) {
    return method.equals("TRACE") || method.equals("CONNECT")
        ? new Refusal(405, "client sent " + method + " method" + READING_HEADERS)
        : null;
  }
}
