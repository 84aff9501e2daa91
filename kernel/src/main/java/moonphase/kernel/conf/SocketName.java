package moonphase.kernel.conf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import moonphase.kernel.log.AddressText;
import moonphase.spi.Quantity;

/**
 * An address and port, or a unix socket, as the configuration writes it. Immutable.
 *
 * <p>Source: ngx_parse_url.
 *
 * @param host an IP address in its shortest form without brackets, {@code *} for every IPv4 one;
 *     empty for a unix socket
 * @param port the port; 0 for a unix socket
 * @param unixPath the path of a unix socket; empty for TCP
 */
record SocketName(String host, int port, String unixPath) {
  private static final int LONGEST_UNIX_PATH = 107;

  /** As messages show it. */
  String text() {
    return unixPath.isEmpty()
        ? (host.equals("*") ? "0.0.0.0" : isIpv6() ? "[" + host + "]" : host) + ":" + port
        : "unix:" + unixPath;
  }

  boolean isIpv6() {
    return host.indexOf(':') >= 0;
  }

  boolean isWildcard() {
    return host.equals("*") || host.equals("::");
  }

  /**
   * Reads one; a host name may stand for several addresses. Blocks if a name has to be resolved.
   *
   * @param isListen whether a port alone or a star will do, and a range of ports
   * @throws IllegalArgumentException if it is none; the message is the beginning of nginx's
   */
  static List<SocketName> parse(String text, int defaultPort, boolean isListen) {
    if (text.regionMatches(true, 0, "unix:", 0, 5)) {
      String path = text.substring(5);
      if (path.isEmpty()) {
        throw new IllegalArgumentException("no path in the unix domain socket");
      }
      if (path.length() > LONGEST_UNIX_PATH) {
        throw new IllegalArgumentException("too long path in the unix domain socket");
      }
      return List.of(new SocketName("", 0, path));
    }
    if (text.startsWith("[")) {
      return parseIpv6(text, defaultPort, isListen);
    }
    if (text.indexOf('/') >= 0 || text.indexOf('?') >= 0) {
      throw new IllegalArgumentException("invalid host");
    }
    int colon = text.indexOf(':');
    if (colon < 0 && isListen && isPorts(text)) {
      return all(List.of("*"), ports(text, true));
    }
    String host = colon < 0 ? text : text.substring(0, colon);
    int[] ports =
        colon < 0
            ? new int[] {defaultPort, defaultPort}
            : ports(text.substring(colon + 1), isListen);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    return all(isListen && host.equals("*") ? List.of("*") : resolve(host), ports);
  }

  private static List<SocketName> parseIpv6(String text, int defaultPort, boolean isListen) {
    int close = text.indexOf(']');
    String rest = close < 0 ? "?" : text.substring(close + 1);
    if (!rest.isEmpty() && !rest.startsWith(":") || rest.indexOf('/') >= 0) {
      throw new IllegalArgumentException("invalid host");
    }
    int[] ports =
        rest.isEmpty() ? new int[] {defaultPort, defaultPort} : ports(rest.substring(1), isListen);
    String host = text.substring(1, close);
    if (host.isEmpty()) {
      throw new IllegalArgumentException("no host");
    }
    try {
      if (host.indexOf(':') < 0 || host.indexOf('%') >= 0) {
        throw new UnknownHostException(host);
      }
      return all(List.of(AddressText.of(InetAddress.getByName("[" + host + "]"))), ports);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("invalid IPv6 address", e);
    }
  }

  private static boolean isPorts(String text) {
    int dash = text.indexOf('-');
    return dash < 0
        ? Quantity.number(text) != Quantity.NONE
        : Quantity.number(text.substring(0, dash)) != Quantity.NONE
            && Quantity.number(text.substring(dash + 1)) != Quantity.NONE;
  }

  /** The first and the last port. */
  private static int[] ports(String text, boolean isListen) {
    int dash = isListen ? text.indexOf('-') : -1;
    long first = Quantity.number(dash < 0 ? text : text.substring(0, dash));
    long last = dash < 0 ? first : Quantity.number(text.substring(dash + 1));
    // nginx knows no port 0; here it takes a free one
    int least = isListen && dash < 0 ? 0 : 1;
    if (first < least || first > 65_535 || last < least || last > 65_535) {
      throw new IllegalArgumentException("invalid port");
    }
    if (first > last) {
      throw new IllegalArgumentException("invalid port range");
    }
    return new int[] {(int) first, (int) last};
  }

  private static List<String> resolve(String host) {
    if (host.equals("0.0.0.0")) {
      return List.of("*");
    }
    try {
      Set<String> found = new LinkedHashSet<>();
      for (InetAddress address : InetAddress.getAllByName(host)) {
        found.add(AddressText.of(address));
      }
      return List.copyOf(found);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host not found", e);
    }
  }

  private static List<SocketName> all(List<String> hosts, int[] ports) {
    List<SocketName> all = new ArrayList<>();
    for (int port = ports[0]; port <= ports[1]; port++) {
      for (String host : hosts) {
        all.add(new SocketName(host, port, ""));
      }
    }
    return all;
  }
}
