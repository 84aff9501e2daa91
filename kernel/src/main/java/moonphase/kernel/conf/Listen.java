package moonphase.kernel.conf;

import java.net.SocketAddress;
import java.util.Map;
import moonphase.kernel.log.AddressText;
import moonphase.spi.ListenAddress;

/**
 * An address to listen on and who answers there. Immutable.
 *
 * @param address the socket
 * @param servers the virtual servers by name
 * @param others the virtual servers of single addresses that this socket, which is bound for all
 *     addresses, serves as well
 */
public record Listen(
    ListenAddress address, VirtualServers servers, Map<String, VirtualServers> others) {
  /**
   * Who answers a connection.
   *
   * @param local the address that the client connected to
   */
  public VirtualServers servers(SocketAddress local) {
    return others.isEmpty() ? servers : others.getOrDefault(AddressText.of(local), servers);
  }
}
