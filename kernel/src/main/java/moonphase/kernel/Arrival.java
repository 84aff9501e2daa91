package moonphase.kernel;

import moonphase.kernel.conf.Listen;
import moonphase.kernel.conf.ServerBlock;
import moonphase.kernel.conf.VirtualServers;
import moonphase.kernel.log.NginxErrorLog;
import moonphase.spi.Connection;
import moonphase.spi.Headers;
import moonphase.spi.HttpHandler;
import moonphase.spi.HttpStream;
import moonphase.spi.LogLevel;
import moonphase.spi.RegexException;
import moonphase.spi.RequestHead;
import moonphase.spi.UriPath;
import moonphase.spi.Verdict;
import moonphase.spi.Worker;
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

  private static final String BAD_HOST = "client sent invalid host header" + READING_HEADERS;

  /** Stands for a path that cannot be read. */
  private static final UriPath BAD_PATH = new UriPath("", "");

  /** What the head says: the host, or a status other than 0 and why. */
  private record Admission(String host, int status, String complaint) {}

  private final KernelGeneration generation;
  private final int listen;

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
    Worker worker = stream.connection().worker();
    if (!generation.opened().isDone()) {
      generation.opened().thenRunAsync(() -> request(stream), worker);
      return;
    }
    generation.begin(worker);
    begin(generation.cycle(), stream, listen, 0);
  }

  @Override
  public void note(Connection connection, LogLevel level, String message, String line) {
    Cycle cycle = generation.cycle();
    Listen at = cycle.configuration().listens().get(listen);
    ExchangeLog.note(
        cycle, at.servers().defaultServer(), at.address().text(), connection, level, message, line);
  }

  @Override
  public void note(Worker worker, LogLevel level, String message) {
    if (generation.log() instanceof NginxErrorLog log) {
      log.write(level, worker.threadId(), 0, message, "");
    }
  }

  /**
   * Starts the walk of a request.
   *
   * @param heldMillis how long it has waited for a module
   */
  static void begin(Cycle cycle, HttpStream stream, int listen, long heldMillis) {
    VirtualServers servers = cycle.servers(listen);
    RequestHead head = stream.head();
    Admission admission = admit(head);
    VirtualServers.Found found;
    try {
      found = servers.find(admission.host);
    } catch (RegexException e) {
      found = new VirtualServers.Found(servers.defaultServer(), null);
      admission = new Admission("", 500, String.valueOf(e.getMessage()));
    }
    ServerBlock server = found.server();
    UriPath path =
        UriPath.parse(head.target(), server.block().core().isMergeSlashes()).orElse(BAD_PATH);
    if (path == BAD_PATH && admission.status == 0) {
      admission = new Admission(admission.host, 400, "client sent invalid request" + READING_LINE);
    }
    KernelExchange exchange =
        new KernelExchange(cycle, stream, server, path.path(), path.args(), listen, heldMillis);
    exchange.request().host(admission.host);
    cycle.enter(exchange);
    if (found.match() != null) {
      found.match().applyTo(exchange);
    }
    if (admission.status != 0) {
      exchange.log().log(
          admission.status == 500 ? LogLevel.ALERT : LogLevel.INFO, admission.complaint);
      finish(exchange, admission.status);
    } else if (!cycle.isClosed(server.block()) || HeldRequests.hold(exchange)) {
      exchange.walk();
    }
  }

  private static void finish(KernelExchange exchange, int status) {
    if (Finalizer.apply(exchange, Verdict.finish(status))) {
      exchange.walk();
    }
  }

  private static Admission admit(RequestHead head) {
    Headers headers = head.headers();
    if (head.status() != 0) {
      // a Host is refused when it is read, what 405 and 501 are for when the head is complete
      return head.status() <= 400 || isHostValid(headers.get("Host"))
          ? refuse(head.status(), head.complaint())
          : refuse(400, BAD_HOST);
    }
    int field = headers.indexOf("Host", 0);
    int second = field < 0 ? -1 : headers.indexOf("Host", field + 1);
    if (second >= 0) {
      return refuse(
          400,
          "client sent duplicate host header: \"Host: "
              + headers.value(second)
              + "\", previous value: \"Host: "
              + headers.value(field)
              + "\""
              + READING_HEADERS);
    }
    if (field < 0 && head.version() == 11) {
      return refuse(400, "client sent HTTP/1.1 request without \"Host\" header" + READING_HEADERS);
    }
    String host = field < 0 ? "" : HostName.parse(headers.value(field)).orElse("");
    if (field >= 0 && host.isEmpty()) {
      return refuse(400, BAD_HOST);
    }
    if (head.method().equals("TRACE") || head.method().equals("CONNECT")) {
      return refuse(405, "client sent " + head.method() + " method" + READING_HEADERS);
    }
    // the host of an absolute URI goes before the field
    return new Admission(
        head.host().isEmpty() ? host : HostName.parse(head.host()).orElse(host), 0, "");
  }

  private static boolean isHostValid(@Nullable String host) {
    return host == null || HostName.parse(host).isPresent();
  }

  private static Admission refuse(int status, String complaint) {
    return new Admission("", status, complaint);
  }
}
