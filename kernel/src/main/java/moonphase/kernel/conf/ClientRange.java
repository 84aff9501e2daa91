package moonphase.kernel.conf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Arguments;
import moonphase.spi.ConfException;
import moonphase.spi.Quantity;

/**
 * Addresses that {@code debug_connection} names: a network, one address, or all unix sockets.
 * Immutable.
 *
 * <p>Source: ngx_event_debug_connection, ngx_ptocidr.
 *
 * @param address the network's address; empty for unix sockets
 * @param bits how many of its bits count
 */
public record ClientRange(List<Byte> address, int bits) {
  /** Whether a client is in it. */
  public boolean contains(SocketAddress client) {
    if (client instanceof UnixDomainSocketAddress) {
      return address.isEmpty();
    }
    if (!(client instanceof InetSocketAddress inet)) {
      return false;
    }
    byte[] bytes = inet.getAddress().getAddress();
    if (bytes.length != address.size()) {
      return false;
    }
    for (int i = 0; i * 8 < bits; i++) {
      int mask = bits - i * 8 >= 8 ? 0xff : 0xff << (8 - (bits - i * 8));
      if (((bytes[i] ^ address.get(i)) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Reads the directive. */
  static List<ClientRange> read(Arguments args) {
    String text = args.get(0);
    if (text.equals("unix:")) {
      return List.of(new ClientRange(List.of(), 0));
    }
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    List<ClientRange> ranges = new ArrayList<>();
    for (InetAddress one : addresses(args, host)) {
      byte[] bytes = one.getAddress();
      int bits = slash < 0 ? bytes.length * 8 : bits(args, text.substring(slash + 1), bytes.length);
      List<Byte> all = new ArrayList<>();
      boolean isMeaningless = false;
      for (int i = 0; i < bytes.length; i++) {
        int kept = Math.clamp(bits - i * 8, 0, 8);
        int mask = 0xff << (8 - kept) & 0xff;
        isMeaningless |= (bytes[i] & ~mask & 0xff) != 0;
        all.add((byte) (bytes[i] & mask));
      }
      if (isMeaningless) {
        args.warn("low address bits of " + text + " are meaningless");
      }
      ranges.add(new ClientRange(List.copyOf(all), bits));
    }
    return ranges;
  }

  private static List<InetAddress> addresses(Arguments args, String host) {
    try {
      return SocketName.parse(host.indexOf(':') < 0 ? host : "[" + host + "]", 0, false).stream()
          .map(name -> InetAddress.ofLiteral(name.host()))
          .toList();
    } catch (IllegalArgumentException e) {
      throw refused(args, String.valueOf(e.getMessage()));
    }
  }

  private static int bits(Arguments args, String text, int bytes) {
    long bits = Quantity.number(text);
    if (bits == Quantity.NONE || bits > bytes * 8L) {
      throw refused(args, "host not found");
    }
    return (int) bits;
  }

  private static ConfException refused(Arguments args, String why) {
    return args.error(why + " in debug_connection \"" + args.get(0) + "\"");
  }
}
