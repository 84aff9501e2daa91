package moonphase.kernel.log;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Addresses as nginx writes them. Stateless, any thread. */
public final class AddressText {
  private AddressText() {}

  /** An address without port; {@code unix:} and the path for a unix socket. */
  public static String of(SocketAddress address) {
    return switch (address) {
      case InetSocketAddress inet when inet.getAddress() != null -> of(inet.getAddress());
      case InetSocketAddress unresolved -> unresolved.getHostString();
      case UnixDomainSocketAddress unix -> "unix:" + unix.getPath();
      default -> "unix:";
    };
  }

  /** A client's address; {@code unix:} for any unix socket. */
  public static String client(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? of(inet) : "unix:";
  }

  /** An IP address; an IPv6 one in its shortest form. */
  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (!(address instanceof Inet6Address)) {
      return (bytes[0] & 0xff)
          + "."
          + (bytes[1] & 0xff)
          + "."
          + (bytes[2] & 0xff)
          + "."
          + (bytes[3] & 0xff);
    }
    int best = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && group(bytes, end) == 0) {
        end++;
      }
      if (end - i > length) {
        best = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        text.append("::");
        i += length - 1;
        continue;
      }
      if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(group(bytes, i)));
    }
    return text.toString();
  }

  private static int group(byte[] bytes, int i) {
    return (bytes[i * 2] & 0xff) << 8 | (bytes[i * 2 + 1] & 0xff);
  }
}
