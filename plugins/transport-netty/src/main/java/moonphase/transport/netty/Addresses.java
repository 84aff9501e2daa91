package moonphase.transport.netty;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes the JDK's addresses of Netty's. Any thread, stateless. */
final class Addresses {
  private static final UnixDomainSocketAddress UNNAMED = UnixDomainSocketAddress.of("");

  private Addresses() {}

  /** An address that others can read; that of a client on a unix socket has no path. */
  static SocketAddress plain(@Nullable SocketAddress address) {
    return switch (address) {
      case null -> UNNAMED;
      case DomainSocketAddress unix -> UnixDomainSocketAddress.of(unix.path());
      default -> address;
    };
  }

  /** The address without its port, as log lines have it. */
  static String text(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet.getAddress().getHostAddress() : "unix:";
  }
}
