package moonphase.kernel.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTextTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,127.0.0.1",
    "0:0:0:0:0:0:0:0,::",
    "0:0:0:0:0:0:0:1,::1",
    "2001:db8:0:0:1:0:0:0,2001:db8:0:0:1::",
    "1:0:2:3:4:5:6:7,1:0:2:3:4:5:6:7",
    "fe80:0:0:0:0:0:0:1,fe80::1",
    "1:2:3:4:5:6:0:0,1:2:3:4:5:6::",
    "2001:DB8:0:0:0:0:0:A,2001:db8::a"
  })
  void ip_address_is_as_short_as_it_can_be(String written, String shown)
      throws UnknownHostException {
    assertEquals(shown, AddressText.of(InetAddress.getByName(written)));
    assertEquals(shown, AddressText.of(new InetSocketAddress(written, 80)));
  }

  @Test
  void unix_socket_is_its_path() {
    assertEquals("unix:/a/b", AddressText.of(UnixDomainSocketAddress.of("/a/b")));
    assertEquals("unix:", AddressText.of(UnixDomainSocketAddress.of("")));
  }
}
