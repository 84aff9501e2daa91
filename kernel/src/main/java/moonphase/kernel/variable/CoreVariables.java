package moonphase.kernel.variable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import moonphase.kernel.conf.CoreConf;
import moonphase.kernel.conf.SizeTemplate;
import moonphase.kernel.log.AddressText;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.Headers;
import moonphase.spi.LogLevel;
import moonphase.spi.Request;
import moonphase.spi.Response;
import moonphase.spi.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The core module's variables. Worker thread only.
 *
 * <p>Source: ngx_http_variables.c.
 */
public final class CoreVariables {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss xx", Locale.ENGLISH);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ENGLISH);
  private static final String VERSION = "1.22.1";

  private CoreVariables() {}

  /** The name of this machine in lower case. */
  public static String hostname() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"))
          .strip()
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return localHost(); // no /proc here
    }
  }

  private static String localHost() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "localhost"; // a machine without a name calls itself so
    }
  }

  private static RequestFacts facts(Exchange exchange) {
    return (RequestFacts) exchange;
  }

  private static long now(Exchange exchange) {
    return exchange.connection().worker().currentMillis();
  }

  private static String seconds(long millis) {
    long positive = Math.max(millis, 0);
    String fraction = Long.toString(positive % 1000 + 1000).substring(1);
    return positive / 1000 + "." + fraction;
  }

  private static String time(Exchange exchange, DateTimeFormatter format) {
    return format.format(Instant.ofEpochMilli(now(exchange)).atZone(ZoneId.systemDefault()));
  }

  private static @Nullable String binaryAddress(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? new String(inet.getAddress().getAddress(), StandardCharsets.ISO_8859_1)
        : "unix:";
  }

  private static String port(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? Integer.toString(inet.getPort()) : "";
  }

  private static String remote(Exchange exchange) {
    return exchange.connection().remote() instanceof InetSocketAddress inet
        ? AddressText.of(inet)
        : "unix:";
  }

  private static String host(Exchange exchange) {
    String host = exchange.request().host();
    return host.isEmpty() ? facts(exchange).serverName() : host;
  }

  private static @Nullable String remoteUser(Exchange exchange) {
    String value = exchange.request().headers().get("Authorization");
    if (value == null || !value.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      String decoded =
          new String(
              Base64.getDecoder().decode(value.substring(6).strip()), StandardCharsets.ISO_8859_1);
      int colon = decoded.indexOf(':');
      return colon < 0 ? null : decoded.substring(0, colon);
    } catch (IllegalArgumentException e) {
      return null; // what is no Base64 names no user
    }
  }

  private static @Nullable String contentLength(Exchange exchange) {
    Request request = exchange.request();
    String value = request.headers().get("Content-Length");
    boolean isChunked = value == null && request.headers().get("Transfer-Encoding") != null;
    return isChunked && request.body().isRead() ? Long.toString(request.body().length()) : value;
  }

  private static @Nullable String bodyFile(Exchange exchange) {
    Path file = exchange.request().body().file();
    return file == null ? null : FilePath.name(file);
  }

  private static @Nullable String body(Exchange exchange) {
    byte[] bytes = exchange.request().body().bytes();
    return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String status(Exchange exchange) {
    int status = exchange.response().status();
    if (status == 0 && exchange.request().head().version() == 9) {
      status = 9;
    }
    return Integer.toString(status + 1000).substring(1);
  }

  private static @Nullable String realRoot(Exchange exchange) {
    String folder = exchange.conf(CoreConf.KEY).root().folder(exchange);
    try {
      return FilePath.name(FilePath.of(folder).toRealPath());
    } catch (IOException e) {
      exchange.log().log(
          LogLevel.CRIT, "realpath() \"" + folder + "\" failed (" + Errno.of(e) + ")");
    } catch (InvalidPathException e) {
      exchange.log().log(
          LogLevel.CRIT, "realpath() \"" + folder + "\" failed (" + Errno.of(e) + ")");
    }
    return null;
  }

  private static void limitRate(Exchange exchange, @Nullable String value) {
    long rate = value == null ? -1 : SizeTemplate.parse(value);
    if (rate < 0) {
      exchange.log().log(
          LogLevel.ERROR, "invalid $limit_rate \"" + (value == null ? "" : value) + "\"");
    } else {
      facts(exchange.main()).limitRate(rate);
    }
  }

  private static String connectionTime(Exchange exchange) {
    return seconds(now(exchange) - exchange.connection().startMillis());
  }

  private static String requestId() {
    byte[] id = new byte[16];
    new SplittableRandom().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  /** The argument of a query string; its name in any case, its value as it came. */
  private static @Nullable String argument(Exchange exchange, String variable) {
    String args = exchange.request().args();
    int length = variable.length() - 4;
    for (int i = 0; i + length < args.length() && length > 0; i++) {
      if ((i == 0 || args.charAt(i - 1) == '&')
          && args.charAt(i + length) == '='
          && args.regionMatches(true, i, variable, 4, length)) {
        int end = args.indexOf('&', i);
        return args.substring(i + length + 1, end < 0 ? args.length() : end);
      }
    }
    return null;
  }

  private static @Nullable String cookie(Exchange exchange, String variable) {
    Headers headers = exchange.request().headers();
    int length = variable.length() - 7;
    for (int i = headers.indexOf("Cookie", 0); i >= 0; i = headers.indexOf("Cookie", i + 1)) {
      for (String pair : headers.value(i).split(";")) {
        String text = pair.strip();
        if (text.regionMatches(true, 0, variable, 7, length)) {
          String rest = text.substring(length).stripLeading();
          if (rest.startsWith("=")) {
            return rest.substring(1).stripLeading();
          }
        }
      }
    }
    return null;
  }

  private static @Nullable String requestField(Exchange exchange, String variable) {
    String separator =
        switch (variable) {
          case "http_cookie" -> "; ";
          case "http_x_forwarded_for" -> ", ";
          default -> "";
        };
    return field(exchange.request().headers(), variable, 5, separator);
  }

  private static @Nullable String responseField(Exchange exchange, String variable) {
    Response response = exchange.response();
    return switch (variable) {
      case "sent_http_connection" ->
          response.status() == 101
              ? "upgrade"
              : facts(exchange).isKeepAlive() ? "keep-alive" : "close";
      case "sent_http_keep_alive" -> keepAlive(exchange);
      case "sent_http_transfer_encoding" -> isChunked(exchange) ? "chunked" : null;
      case "sent_http_cache_control", "sent_http_link" ->
          field(response.headers(), variable, 10, ", ");
      default -> field(response.headers(), variable, 10, "");
    };
  }

  private static @Nullable String keepAlive(Exchange exchange) {
    long seconds = exchange.conf(CoreConf.KEY).keepaliveHeader();
    return seconds > 0 && facts(exchange).isKeepAlive() ? "timeout=" + seconds : null;
  }

  private static boolean isChunked(Exchange exchange) {
    Response response = exchange.response();
    return response.isHeaderSent()
        && !response.isHeaderOnly()
        && response.headers().get("Content-Length") == null
        && exchange.request().head().version() == 11
        && exchange.conf(CoreConf.KEY).isChunkedTransferEncoding();
  }

  /**
   * The field that a variable is named after.
   *
   * @param start where the field's name begins in the variable's
   * @param separator what stands between several values; empty: the first one counts
   */
  private static @Nullable String field(
      Headers headers, String variable, int start, String separator) {
    String value = null;
    for (int i = 0; i < headers.size(); i++) {
      if (isNamed(headers.name(i), variable, start)) {
        if (separator.isEmpty()) {
          return headers.value(i);
        }
        value = value == null ? headers.value(i) : value + separator + headers.value(i);
      }
    }
    return value;
  }

  private static boolean isNamed(String field, String variable, int start) {
    if (field.length() != variable.length() - start) {
      return false;
    }
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      char wanted = variable.charAt(start + i);
      char shown = c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c == '-' ? '_' : c;
      if (shown != wanted) {
        return false;
      }
    }
    return true;
  }

  private static Variable fixed(String name, String value) {
    return Variable.cached(name, (exchange, asked) -> value);
  }

  /** What the core declares. */
  public static final List<Variable> ALL = all();

  private static List<Variable> all() {
    List<Variable> all = new ArrayList<>();
    addRequest(all);
    addConnection(all);
    addResponse(all);
    addPlace(all);
    addClock(all);
    return List.copyOf(all);
  }

  private static void addRequest(List<Variable> all) {
    all.add(Variable.family("arg_", CoreVariables::argument));
    all.add(Variable.family("cookie_", CoreVariables::cookie));
    all.add(Variable.family("http_", CoreVariables::requestField));
    all.add(
        Variable.volatileOf("args", (x, name) -> emptyToNull(x.request().args()))
            .settable((x, value) -> x.request().args(value == null ? "" : value)));
    all.add(Variable.volatileOf("query_string", (x, name) -> emptyToNull(x.request().args())));
    all.add(Variable.volatileOf("is_args", (x, name) -> x.request().args().isEmpty() ? "" : "?"));
    all.add(Variable.volatileOf("uri", (x, name) -> x.request().uri()));
    all.add(Variable.volatileOf("document_uri", (x, name) -> x.request().uri()));
    all.add(Variable.cached("request_uri", (x, name) -> x.request().head().target()));
    all.add(Variable.cached("request", (x, name) -> x.request().head().line()));
    all.add(Variable.volatileOf("request_method", (x, name) -> x.main().request().method()));
    all.add(Variable.cached("server_protocol", (x, name) -> x.request().head().protocol()));
    all.add(Variable.volatileOf("host", (x, name) -> host(x)));
    all.add(Variable.volatileOf("content_length", (x, name) -> contentLength(x)));
    all.add(
        Variable.volatileOf(
            "content_type", (x, name) -> x.request().headers().get("Content-Type")));
    all.add(Variable.volatileOf("remote_user", (x, name) -> remoteUser(x)));
    all.add(Variable.volatileOf("request_body", (x, name) -> body(x)));
    all.add(Variable.volatileOf("request_body_file", (x, name) -> bodyFile(x)));
    all.add(
        Variable.volatileOf(
            "request_length", (x, name) -> Long.toString(facts(x.main()).requestLength())));
    all.add(Variable.cached("request_id", (x, name) -> requestId()));
  }

  private static void addConnection(List<Variable> all) {
    all.add(
        Variable.cached("binary_remote_addr", (x, n) -> binaryAddress(x.connection().remote())));
    all.add(Variable.cached("remote_addr", (x, name) -> remote(x)));
    all.add(Variable.cached("remote_port", (x, name) -> port(x.connection().remote())));
    all.add(Variable.cached("server_addr", (x, n) -> AddressText.of(x.connection().local())));
    all.add(Variable.cached("server_port", (x, name) -> port(x.connection().local())));
    all.add(Variable.cached("scheme", (x, name) -> "http"));
    all.add(Variable.cached("https", (x, name) -> ""));
    all.add(Variable.cached("connection", (x, n) -> Long.toString(x.connection().number())));
    all.add(
        Variable.cached(
            "connection_requests", (x, n) -> Integer.toString(x.connection().requests())));
    all.add(Variable.volatileOf("connection_time", (x, name) -> connectionTime(x)));
    all.add(Variable.cached("pipe", (x, name) -> facts(x.main()).isPipelined() ? "p" : "."));
  }

  private static void addResponse(List<Variable> all) {
    all.add(Variable.family("sent_http_", CoreVariables::responseField));
    all.add(Variable.volatileOf("status", (x, name) -> status(x)));
    all.add(
        Variable.volatileOf("limit_rate", (x, n) -> Long.toString(facts(x.main()).limitRate()))
            .settable(CoreVariables::limitRate));
    all.add(
        Variable.volatileOf("bytes_sent", (x, n) -> Long.toString(facts(x.main()).bytesSent())));
    all.add(
        Variable.volatileOf(
            "body_bytes_sent", (x, n) -> Long.toString(facts(x.main()).bodyBytesSent())));
    all.add(
        Variable.volatileOf(
            "request_completion", (x, name) -> facts(x.main()).isCompleted() ? "OK" : ""));
  }

  private static void addPlace(List<Variable> all) {
    all.add(Variable.cached("server_name", (x, name) -> facts(x).serverName()));
    all.add(
        Variable.volatileOf("document_root", (x, name) -> x.conf(CoreConf.KEY).root().folder(x)));
    all.add(Variable.volatileOf("realpath_root", (x, name) -> realRoot(x)));
    all.add(
        Variable.volatileOf("request_filename", (x, name) -> x.location().file(x.request().uri())));
    all.add(fixed("nginx_version", VERSION));
    all.add(fixed("hostname", hostname()));
    all.add(Variable.cached("pid", (x, n) -> Long.toString(x.connection().worker().threadId())));
  }

  private static void addClock(List<Variable> all) {
    all.add(Variable.volatileOf("msec", (x, name) -> seconds(now(x))));
    all.add(
        Variable.volatileOf(
            "request_time", (x, name) -> seconds(now(x) - x.request().startMillis())));
    all.add(Variable.volatileOf("time_local", (x, name) -> time(x, LOCAL)));
    all.add(Variable.volatileOf("time_iso8601", (x, name) -> time(x, ISO)));
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
