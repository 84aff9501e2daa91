package moonphase.kernel.conf;

import java.util.Map;
import moonphase.spi.Quantity;
import moonphase.spi.SocketOptions;

/**
 * What follows the address in {@code listen}. Immutable.
 *
 * <p>Source: ngx_http_core_listen.
 *
 * @param isDefault {@code default_server}
 * @param isSet whether an option of the socket was given; only one {@code listen} may give them
 * @param backlog {@code backlog=}
 * @param isReusePort {@code reuseport}
 * @param isIpv6Only {@code ipv6only=}
 * @param socket the other options of the socket
 */
record ListenOptions(
    boolean isDefault,
    boolean isSet,
    int backlog,
    boolean isReusePort,
    boolean isIpv6Only,
    SocketOptions socket) {
  /** No option. */
  static final ListenOptions NONE =
      new ListenOptions(false, false, 511, false, true, SocketOptions.NONE);

  private static final int PORT = 80;

  /** Parameters that need a module that is not there. */
  private static final Map<String, String> NEEDING_A_MODULE =
      Map.of(
          "ssl", "ngx_http_ssl_module",
          "http2", "ngx_http_v2_module",
          "quic", "ngx_http_v3_module",
          "spdy", "ngx_http_spdy_module");

  ListenOptions withDefault(boolean server) {
    return new ListenOptions(server, isSet, backlog, isReusePort, isIpv6Only, socket);
  }

  /** Reads the directive into its server. */
  static void read(Statement args) {
    Iterable<SocketName> names;
    try {
      names = SocketName.parse(args.get(0), PORT, true);
    } catch (IllegalArgumentException e) {
      throw args.error(e.getMessage() + " in \"" + args.get(0) + "\" of the \"listen\" directive");
    }
    ListenOptions options = NONE;
    for (String word : args.arguments().subList(1, args.size())) {
      options = options.with(args, word);
    }
    Servers servers = args.reading().servers();
    for (SocketName name : names) {
      servers.listen(servers.of(args.outer()), name, options, args);
    }
  }

  private ListenOptions with(Statement args, String word) {
    String needed = NEEDING_A_MODULE.get(word);
    if (needed != null) {
      throw args.error("the \"" + word + "\" parameter requires " + needed);
    }
    int equals = word.indexOf('=');
    String value = word.substring(equals + 1);
    return switch (equals < 0 ? word : word.substring(0, equals + 1)) {
      case "default_server", "default" -> withDefault(true);
      case "bind" -> set(backlog, isReusePort, isIpv6Only);
      case "backlog=" -> set(backlog(args, word, value), isReusePort, isIpv6Only);
      case "reuseport" -> set(backlog, true, isIpv6Only);
      case "ipv6only=" -> set(backlog, isReusePort, ipv6Only(args, value));
      case "so_keepalive=" -> set(keepAlive(args, value));
      case "rcvbuf=" -> set(socket.withReceiveBuffer(buffer(args, word, value)));
      case "sndbuf=" -> set(socket.withSendBuffer(buffer(args, word, value)));
      case "fastopen=" -> set(socket.withFastOpen(number(args, "fastopen", word, value)));
      case "deferred" -> set(socket.withDeferred());
      case "proxy_protocol" ->
          throw args.error("the \"proxy_protocol\" parameter is not supported");
      default -> throw args.error("invalid parameter \"" + word + "\"");
    };
  }

  private ListenOptions set(int backlog, boolean reusePort, boolean ipv6Only) {
    return new ListenOptions(isDefault, true, backlog, reusePort, ipv6Only, socket);
  }

  private ListenOptions set(SocketOptions options) {
    return new ListenOptions(isDefault, true, backlog, isReusePort, isIpv6Only, options);
  }

  private static int buffer(Statement args, String word, String value) {
    long size = Quantity.bytes(value, false);
    if (size == Quantity.NONE || size > Integer.MAX_VALUE) {
      throw args.error("invalid " + word.substring(0, word.indexOf('=')) + " \"" + word + "\"");
    }
    return (int) size;
  }

  private static int number(Statement args, String name, String word, String value) {
    long number = Quantity.number(value);
    if (number == Quantity.NONE || number > Integer.MAX_VALUE) {
      throw args.error("invalid " + name + " \"" + word + "\"");
    }
    return (int) number;
  }

  private static int backlog(Statement args, String word, String value) {
    int number = number(args, "backlog", word, value);
    if (number < 1) {
      throw args.error("invalid backlog \"" + word + "\"");
    }
    return number;
  }

  private static boolean ipv6Only(Statement args, String value) {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw args.error(
              value.startsWith("o")
                  ? "invalid ipv6only flags \"" + value + "\""
                  : "invalid parameter \"ipv6only=" + value + "\"");
    };
  }

  private SocketOptions keepAlive(Statement args, String value) {
    if (value.equals("on") || value.equals("off")) {
      return socket.withKeepAlive(value.equals("on") ? 1 : 0, 0, 0, 0);
    }
    String[] parts = value.split(":", -1);
    int[] numbers = new int[3];
    boolean isBad = parts.length > 3;
    for (int i = 0; i < parts.length && !isBad; i++) {
      long number = i < 2 ? Quantity.seconds(parts[i]) : Quantity.number(parts[i]);
      isBad = !parts[i].isEmpty() && number == Quantity.NONE || number > Integer.MAX_VALUE;
      numbers[i] = (int) Math.max(number, 0);
    }
    if (isBad || numbers[0] + numbers[1] + numbers[2] == 0) {
      throw args.error("invalid so_keepalive value: \"" + value + "\"");
    }
    return socket.withKeepAlive(1, numbers[0], numbers[1], numbers[2]);
  }
}
