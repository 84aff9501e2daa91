package moonphase.kernel.conf;

import java.util.Map;

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
 * @param keepAlive {@code so_keepalive=}: 1 on, 0 off, -1 the system's
 */
record ListenOptions(
    boolean isDefault,
    boolean isSet,
    int backlog,
    boolean isReusePort,
    boolean isIpv6Only,
    int keepAlive) {
  /** No option. */
  static final ListenOptions NONE = new ListenOptions(false, false, 511, false, true, -1);

  private static final int PORT = 80;
  private static final String FIXED = "the transport does not pass it on";

  /** Parameters that need a module that is not there. */
  private static final Map<String, String> NEEDING_A_MODULE =
      Map.of(
          "ssl", "ngx_http_ssl_module",
          "http2", "ngx_http_v2_module",
          "quic", "ngx_http_v3_module",
          "spdy", "ngx_http_spdy_module");

  ListenOptions withDefault(boolean server) {
    return new ListenOptions(server, isSet, backlog, isReusePort, isIpv6Only, keepAlive);
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
      case "default_server", "default" ->
          new ListenOptions(true, isSet, backlog, isReusePort, isIpv6Only, keepAlive);
      case "bind" -> set(backlog, isReusePort, isIpv6Only, keepAlive);
      case "backlog=" -> set(backlog(args, word, value), isReusePort, isIpv6Only, keepAlive);
      case "reuseport" -> set(backlog, true, isIpv6Only, keepAlive);
      case "ipv6only=" -> set(backlog, isReusePort, ipv6Only(args, value), keepAlive);
      case "so_keepalive=" -> set(backlog, isReusePort, isIpv6Only, keepAlive(args, value));
      case "rcvbuf=", "sndbuf=" -> {
        if (Quantity.bytes(value, false) == Quantity.NONE) {
          throw args.error("invalid " + word.substring(0, equals) + " \"" + word + "\"");
        }
        yield ineffective(args, word);
      }
      case "fastopen=" -> {
        if (Quantity.number(value) == Quantity.NONE) {
          throw args.error("invalid fastopen \"" + word + "\"");
        }
        yield ineffective(args, word);
      }
      case "deferred" -> ineffective(args, word);
      case "proxy_protocol" ->
          throw args.error("the \"proxy_protocol\" parameter is not supported");
      default -> throw args.error("invalid parameter \"" + word + "\"");
    };
  }

  private ListenOptions set(int backlog, boolean reusePort, boolean ipv6Only, int keepAlive) {
    return new ListenOptions(isDefault, true, backlog, reusePort, ipv6Only, keepAlive);
  }

  private ListenOptions ineffective(Statement args, String word) {
    args.reading()
        .notice(
            "listen " + word,
            "the \""
                + word
                + "\" parameter of \"listen\" has no effect: "
                + FIXED
                + args.lexer().place(args.errorLine()));
    return set(backlog, isReusePort, isIpv6Only, keepAlive);
  }

  private static int backlog(Statement args, String word, String value) {
    long number = Quantity.number(value);
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw args.error("invalid backlog \"" + word + "\"");
    }
    return (int) number;
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

  private int keepAlive(Statement args, String value) {
    if (value.equals("on") || value.equals("off")) {
      return value.equals("on") ? 1 : 0;
    }
    String[] parts = value.split(":", -1);
    boolean isAny = false;
    boolean isBad = parts.length > 3;
    for (int i = 0; i < parts.length; i++) {
      long number = i < 2 ? Quantity.seconds(parts[i]) : Quantity.number(parts[i]);
      isAny |= number > 0;
      isBad |= !parts[i].isEmpty() && number == Quantity.NONE;
    }
    if (isBad || !isAny) {
      throw args.error("invalid so_keepalive value: \"" + value + "\"");
    }
    ineffective(args, "so_keepalive=" + value);
    return 1;
  }
}
