package moonphase.http.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import moonphase.spi.Arguments;

/**
 * One {@code allow} or {@code deny}.
 *
 * <p>Source: nginx manual, ngx_http_access_module; ngx_ptocidr.
 *
 * @param isDenial what it decides
 * @param kind whom it is about
 * @param network the address of {@link Kind#NETWORK}, 4 or 16 bytes; empty for the others
 * @param bits how many leading bits of it count
 */
record Rule(boolean isDenial, Kind kind, byte[] network, int bits) {

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
      case "all" -> new Rule(isDenial, Kind.EVERYBODY, new byte[0], 0);
      case "unix:" -> new Rule(isDenial, Kind.UNIX_SOCKET, new byte[0], 0);
      default -> network(args, isDenial, text);
    };
  }

  private static Rule network(Arguments args, boolean isDenial, String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    if (!isLiteral(host)) {
      throw invalid(args);
    }
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(host);
    } catch (IllegalArgumentException none) {
      throw invalid(args);
    }
    byte[] network = address.getAddress();
    int bits = slash < 0 ? network.length * 8 : bits(args, text.substring(slash + 1), address);
    if (clearBeyond(network, bits)) {
      args.warn("low address bits of " + text + " are meaningless");
    }
    return new Rule(isDenial, Kind.NETWORK, network, bits);
  }

  /** Whether text has the characters of an address and, for IPv4, all its four parts. */
  private static boolean isLiteral(String host) {
    return host.indexOf(':') >= 0
        ? host.matches("[0-9A-Fa-f:.]+")
        : host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
  }

  /** The length of a prefix; one of an IPv4 address written as IPv6 counts from its 97th bit. */
  private static int bits(Arguments args, String text, InetAddress address) {
    if (!text.matches("\\d{1,3}")) {
      throw invalid(args);
    }
    boolean isMapped = address instanceof Inet4Address && args.get(0).indexOf(':') >= 0;
    int bits = Integer.parseInt(text) - (isMapped ? 96 : 0);
    if (bits < 0 || bits > address.getAddress().length * 8) {
      throw invalid(args);
    }
    return bits;
  }

  private static RuntimeException invalid(Arguments args) {
    return args.error("invalid parameter \"" + args.get(0) + "\"");
  }

  /** Clears the bits behind the prefix; returns whether there was one. */
  private static boolean clearBeyond(byte[] network, int bits) {
    boolean cleared = false;
    for (int i = 0; i < network.length; i++) {
      int masked = network[i] & mask(bits - i * 8);
      cleared |= masked != (network[i] & 0xff);
      network[i] = (byte) masked;
    }
    return cleared;
  }

  /** The mask of a byte of which {@code bits} leading bits count. */
  private static int mask(int bits) {
    return bits >= 8 ? 0xff : bits <= 0 ? 0 : 0xff00 >> bits & 0xff;
  }

  /** Whether the rule is about this client. */
  boolean fits(SocketAddress client) {
    return switch (kind) {
      case EVERYBODY -> true;
      case UNIX_SOCKET -> client instanceof UnixDomainSocketAddress;
      case NETWORK -> client instanceof InetSocketAddress inet && contains(inet.getAddress());
    };
  }

  private boolean contains(InetAddress client) {
    byte[] address = client.getAddress();
    if (address.length != network.length) {
      return false;
    }
    for (int i = 0; i * 8 < bits; i++) {
      if ((address[i] & mask(bits - i * 8)) != (network[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
