package moonphase.http.access;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import moonphase.spi.Arguments;
import moonphase.spi.Network;

/**
 * One {@code allow} or {@code deny}.
 *
 * <p>Source: nginx manual, ngx_http_access_module.
 *
 * @param isDenial what it decides
 * @param kind whom it is about
 * @param network the addresses of {@link Kind#NETWORK}; absent for the others
 */
record Rule(boolean isDenial, Kind kind, Optional<Network> network) {

  /** Whom a rule is about. */
  enum Kind {
    EVERYBODY,
    UNIX_SOCKET,
    NETWORK
  }

  /** Reads an argument: an address, a CIDR block, {@code unix:} or {@code all}. */
  static Rule read(Arguments args, boolean isDenial) {
    String text = args.get(0);
    return switch (text) {
      case "all" -> new Rule(isDenial, Kind.EVERYBODY, Optional.empty());
      case "unix:" -> new Rule(isDenial, Kind.UNIX_SOCKET, Optional.empty());
      default -> new Rule(isDenial, Kind.NETWORK, Optional.of(network(args, text)));
    };
  }

  private static Network network(Arguments args, String text) {
    Network network =
        Network.parse(text).orElseThrow(() -> args.error("invalid parameter \"" + text + "\""));
    if (!network.equals(network.masked())) {
      args.warn("low address bits of " + text + " are meaningless");
    }
    return network.masked();
  }

  /** Whether the rule is about this client. */
  boolean fits(SocketAddress client) {
    return switch (kind) {
      case EVERYBODY -> true;
      case UNIX_SOCKET -> client instanceof UnixDomainSocketAddress;
      case NETWORK ->
          client instanceof InetSocketAddress inet
              && network.orElseThrow().contains(Network.of(inet.getAddress()));
    };
  }
}
