package moonphase.kernel.variable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.Headers;
import moonphase.spi.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The variables of nginx's core module. Stateless.
 *
 * <p>Source: nginx manual, "Embedded variables" of ngx_http_core_module; ngx_http_variables.c.
 */
final class CoreVariables {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ENGLISH);
  private static final String HOST_NAME = hostName();

  private CoreVariables() {}

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
    } catch (UnknownHostException e) {
      return "localhost"; // the name of a machine that does not know itself
    }
  }

  private static RequestFacts facts(Exchange exchange) {
    return (RequestFacts) exchange;
  }

  private static String address(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "unix:";
  }

  private static String port(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? Integer.toString(inet.getPort()) : "";
  }

  private static String binaryAddress(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? new String(inet.getAddress().getAddress(), StandardCharsets.ISO_8859_1)
        : "unix:";
  }

  /** An argument's value; names compare without case. */
  private static @Nullable String argument(Exchange exchange, String name) {
    String args = exchange.request().args();
    for (int start = 0; start < args.length(); ) {
      int end = args.indexOf('&', start);
      end = end < 0 ? args.length() : end;
      int equals = start + name.length();
      if (equals < end
          && args.charAt(equals) == '='
          && args.regionMatches(true, start, name, 0, name.length())) {
        return args.substring(equals + 1, end);
      }
      start = end + 1;
    }
    return null;
  }

  private static @Nullable String cookie(Exchange exchange, String name) {
    Headers headers = exchange.request().headers();
    for (int i = headers.indexOf("Cookie", 0); i >= 0; i = headers.indexOf("Cookie", i + 1)) {
      for (String pair : headers.value(i).split("[;,]")) {
        String stripped = pair.strip();
        int equals = stripped.indexOf('=');
        if (equals > 0 && stripped.substring(0, equals).strip().equalsIgnoreCase(name)) {
          return stripped.substring(equals + 1).strip();
        }
      }
    }
    return null;
  }

  /** A field by its name with underscores; the first of several, joined where nginx joins. */
  private static @Nullable String field(Headers headers, String name) {
    String separator =
        switch (name) {
          case "cookie" -> "; ";
          case "x_forwarded_for", "cache_control", "link" -> ", ";
          default -> "";
        };
    String found = null;
    for (int i = 0; i < headers.size(); i++) {
      if (matches(headers.name(i), name)) {
        if (separator.isEmpty()) {
          return headers.value(i);
        }
        found = found == null ? headers.value(i) : found + separator + headers.value(i);
      }
    }
    return found;
  }

  private static boolean matches(String field, String name) {
    if (field.length() != name.length()) {
      return false;
    }
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      char lower = c == '-' ? '_' : c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
      if (lower != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String sentField(Exchange exchange, String name) {
    String sent = field(exchange.response().headers(), name);
    if (sent != null || !exchange.response().isHeaderSent()) {
      return sent;
    }
    return switch (name) {
      case "connection" -> facts(exchange).isKeepAlive() ? "keep-alive" : "close";
      case "transfer_encoding" ->
          !exchange.response().isHeaderOnly()
                  && exchange.request().head().version() > 10
                  && !exchange.response().headers().contains("Content-Length")
              ? "chunked"
              : null;
      default -> null;
    };
  }

  private static @Nullable String remoteUser(Exchange exchange) {
    String authorization = exchange.request().headers().get("Authorization");
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] plain = Base64.getDecoder().decode(authorization.substring(6).strip());
      String text = new String(plain, StandardCharsets.ISO_8859_1);
      int colon = text.indexOf(':');
      return colon < 0 ? null : text.substring(0, colon);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static String seconds(long millis) {
    return millis / 1000 + "." + String.format(Locale.ROOT, "%03d", millis % 1000);
  }

  private static String now(Exchange exchange, DateTimeFormatter format) {
    long millis = exchange.connection().worker().currentMillis();
    return format.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
  }

  private static String requestTime(Exchange exchange) {
    exchange.connection().worker().updateTime();
    long millis = exchange.connection().worker().currentMillis() - exchange.request().startMillis();
    return seconds(Math.max(0, millis));
  }

  private static @Nullable String realPath(Exchange exchange) {
    try {
      return FilePath.name(FilePath.of(documentRoot(exchange)).toRealPath());
    } catch (IOException e) {
      return null; // a root that is not there
    }
  }

  /** The root: what is before the path in the name of a file. */
  private static String documentRoot(Exchange exchange) {
    String file = exchange.location().file("/");
    return file.endsWith("/") && file.length() > 1 ? file.substring(0, file.length() - 1) : file;
  }

  private static @Nullable String bodyFile(Exchange exchange) {
    Path file = exchange.request().body().file();
    return file == null ? null : FilePath.name(file);
  }

  private static @Nullable String body(Exchange exchange) {
    byte[] bytes = exchange.request().body().bytes();
    return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String requestId() {
    byte[] id = new byte[16];
    RANDOM.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private static String status(Exchange exchange) {
    int status = exchange.response().status();
    return status == 0 && exchange.request().head().version() == 9
        ? "009"
        : String.format(Locale.ROOT, "%03d", status);
  }

  private static Variable request(String name, Variable.Getter getter) {
    return Variable.volatileOf(name, getter);
  }

  static List<Variable> all() {
    return List.of(
        Variable.family("arg_", (x, name) -> argument(x, name.substring(4))),
        Variable.family("cookie_", (x, name) -> cookie(x, name.substring(7))),
        Variable.family("http_", (x, name) -> field(x.request().headers(), name.substring(5))),
        Variable.family("sent_http_", (x, name) -> sentField(x, name.substring(10))),
        request("args", (x, name) -> x.request().args())
            .settable((x, value) -> x.request().args(value == null ? "" : value)),
        request("query_string", (x, name) -> x.request().args()),
        request("is_args", (x, name) -> x.request().args().isEmpty() ? "" : "?"),
        request("uri", (x, name) -> x.request().uri()),
        request("document_uri", (x, name) -> x.request().uri()),
        request("request", (x, name) -> x.request().head().line()),
        request("request_uri", (x, name) -> x.request().head().target()),
        request("request_method", (x, name) -> x.main().request().method()),
        request("request_filename", (x, name) -> x.location().file(x.request().uri())),
        request("document_root", (x, name) -> documentRoot(x)),
        request("realpath_root", (x, name) -> realPath(x)),
        request("request_body", (x, name) -> body(x)),
        request("request_body_file", (x, name) -> bodyFile(x)),
        Variable.cached("request_id", (x, name) -> requestId()),
        request("request_time", (x, name) -> requestTime(x)),
        request("request_length", (x, name) -> Long.toString(facts(x).requestLength())),
        request("request_completion", (x, name) -> facts(x).isCompleted() ? "OK" : ""),
        request("content_type", (x, name) -> x.request().headers().get("Content-Type")),
        request("content_length", (x, name) -> x.request().headers().get("Content-Length")),
        request(
            "host",
            (x, name) -> x.request().host().isEmpty() ? facts(x).serverName() : x.request().host()),
        request("hostname", (x, name) -> HOST_NAME),
        request("scheme", (x, name) -> "http"),
        request("https", (x, name) -> ""),
        Variable.cached("remote_addr", (x, name) -> address(x.connection().remote())),
        Variable.cached("remote_port", (x, name) -> port(x.connection().remote())),
        Variable.cached("binary_remote_addr", (x, name) -> binaryAddress(x.connection().remote())),
        request("remote_user", (x, name) -> remoteUser(x)),
        Variable.cached("server_addr", (x, name) -> address(x.connection().local())),
        Variable.cached("server_port", (x, name) -> port(x.connection().local())),
        request("server_name", (x, name) -> facts(x).serverName()),
        request("server_protocol", (x, name) -> x.request().head().protocol()),
        request("connection", (x, name) -> Long.toString(x.connection().number())),
        request("connection_requests", (x, name) -> Integer.toString(x.connection().requests())),
        request("pipe", (x, name) -> facts(x).isPipelined() ? "p" : "."),
        request("pid", (x, name) -> Long.toString(x.connection().worker().threadId())),
        request("msec", (x, name) -> seconds(x.connection().worker().currentMillis())),
        request("time_iso8601", (x, name) -> now(x, ISO)),
        request("time_local", (x, name) -> now(x, LOCAL)),
        request("nginx_version", (x, name) -> "1.22.1"),
        request("status", (x, name) -> status(x)),
        request("bytes_sent", (x, name) -> Long.toString(facts(x).bytesSent())),
        request("body_bytes_sent", (x, name) -> Long.toString(facts(x).bodyBytesSent())));
  }
}
