package moonphase.http.access;

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
    byte[] network;
    try {
      network = bytes(InetAddress.ofLiteral(host), host.indexOf(':') >= 0);
    } catch (IllegalArgumentException none) {
      throw invalid(args);
    }
    int bits = network.length * 8;
    if (slash >= 0) {
      bits = bits(args, text.substring(slash + 1), bits);
    }
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

  /** The bytes of an address; one of IPv4 that is written as IPv6 stays one of IPv6. */
  private static byte[] bytes(InetAddress address, boolean isInet6) {
    byte[] bytes = address.getAddress();
    if (!isInet6 || bytes.length == 16) {
      return bytes;
    }
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(bytes, 0, mapped, 12, 4);
    return mapped;
  }

  private static int bits(Arguments args, String text, int max) {
    if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > max) {
      throw invalid(args);
    }
    return Integer.parseInt(text);
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
