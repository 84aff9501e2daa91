package moonphase.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static Network network(String text) {
    return Network.parse(text).orElseThrow();
  }

  @Test
  void block_contains_its_addresses() {
    assertTrue(network("10.0.0.0/8").contains(network("10.255.1.2")));
    assertFalse(network("10.0.0.0/8").contains(network("11.0.0.0")));
    assertTrue(network("0.0.0.0/0").contains(network("255.255.255.255")));
    assertTrue(network("2001:db8::/33").contains(network("2001:db8:7fff::1")));
    assertFalse(network("2001:db8::/33").contains(network("2001:db8:8000::1")));
    assertTrue(network("::1/128").contains(network("0:0:0:0:0:0:0:1")));
    assertFalse(network("::/0").contains(network("1.2.3.4")));
  }

  @Test
  void bits_beyond_the_leading_ones_are_kept_until_masked() {
    assertNotEquals(network("10.1.2.3/8"), network("10.1.2.3/8").masked());
    assertEquals(network("10.0.0.0/8"), network("10.1.2.3/8").masked());
    assertEquals(network("fe80::/65"), network("fe80::7fff:0:0:1/65").masked());
  }

  @Test
  void address_of_the_other_family_in_disguise_stays_one_of_ipv6() throws UnknownHostException {
    assertTrue(network("::ffff:1.2.3.4").isInet6());
    assertEquals(network("::ffff:102:304"), network("::ffff:1.2.3.4"));
    assertEquals(network("1.2.3.4"), Network.of(InetAddress.getByName("1.2.3.4")));
    assertEquals(0x01020304, network("1.2.3.4").inetNumber());
  }

  @Test
  void what_is_no_network_is_absent() {
    for (String text :
        List.of(
            "",
            "1",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.256",
            "1.2.3.4/33",
            "1.2.3.4/",
            "1.2.3.4/-1",
            "::1/129",
            "::g",
            "example.com",
            "1.2.3.4 ",
            ":",
            "fe80::1%1")) {
      assertTrue(Network.parse(text).isEmpty(), text);
    }
  }
}
