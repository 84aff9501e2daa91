package moonphase.kernel.conf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientRangeTest {
  private static final ClientRange NET =
      new ClientRange(List.of((byte) 10, (byte) 16, (byte) 0, (byte) 0), 12);

  private static SocketAddress client(String address) {
    return new InetSocketAddress(address, 80);
  }

  @Test
  void network_holdsAddressesWithItsBits() {
    assertTrue(NET.contains(client("10.16.0.1")));
    assertTrue(NET.contains(client("10.31.255.255")));
    assertFalse(NET.contains(client("10.32.0.1")));
    assertFalse(NET.contains(client("11.16.0.1")));
    assertFalse(NET.contains(client("::1")));
  }

  @Test
  void unixSockets_areARangeOfTheirOwn() {
    SocketAddress unix = UnixDomainSocketAddress.of("");
    assertTrue(new ClientRange(List.of(), 0).contains(unix));
    assertFalse(NET.contains(unix));
    assertFalse(new ClientRange(List.of(), 0).contains(client("10.16.0.1")));
  }
}
