package moonphase.spi;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A network: an address of which the leading bits count. Immutable, any thread.
 *
 * <p>Source: ngx_ptocidr.
 *
 * @param isInet6 whether it is one of IPv6
 * @param high the first 64 bits of the address; one of IPv4 takes the first 32 of them
 * @param low the last 64 bits
 * @param bits how many leading bits count
 */
@ProviderType
public record Network(boolean isInet6, long high, long low, int bits) {
  private static final int INET_BITS = 32;
  private static final int INET6_BITS = 128;

  /**
   * Reads an address or a block such as {@code 10.0.0.0/8}, as written: bits beyond the leading
   * ones may be set.
   *
   * @return absent if it is neither
   */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    Network host = host(slash < 0 ? text : text.substring(0, slash));
    if (host == null || slash < 0) {
      return Optional.ofNullable(host);
    }
    String mask = text.substring(slash + 1);
    if (!mask.matches("\\d{1,9}") || Integer.parseInt(mask) > host.bits) {
      return Optional.empty();
    }
    return Optional.of(new Network(host.isInet6, host.high, host.low, Integer.parseInt(mask)));
  }

  /** The network of this one address. */
  public static Network of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 4
        ? new Network(false, number(bytes, 0, 4) << INET_BITS, 0, INET_BITS)
        : new Network(true, number(bytes, 0, 8), number(bytes, 8, 8), INET6_BITS);
  }

  private static @Nullable Network host(String text) {
    if (text.indexOf(':') < 0) {
      return inet(text);
    }
    if (!text.matches("[0-9A-Fa-f:.]+")) {
      return null;
    }
    try {
      Network host = of(InetAddress.ofLiteral(text));
      // what Java takes for one of IPv4 stays one of IPv6 here
      return host.isInet6
          ? host
          : new Network(true, 0, 0xffff_0000_0000L | host.high >>> INET_BITS, INET6_BITS);
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  private static @Nullable Network inet(String text) {
    String[] parts = text.split("\\.", -1);
    long address = 0;
    for (String part : parts) {
      if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
        return null;
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return parts.length == 4 ? new Network(false, address << INET_BITS, 0, INET_BITS) : null;
  }

  private static long number(byte[] bytes, int from, int count) {
    long number = 0;
    for (int i = from; i < from + count; i++) {
      number = number << 8 | bytes[i] & 0xff;
    }
    return number;
  }

  /** The network without the bits that do not count. */
  public Network masked() {
    return withBits(bits);
  }

  /** The network that this address belongs to if so many leading bits count. */
  public Network withBits(int count) {
    return new Network(isInet6, high & mask(count), low & mask(count - Long.SIZE), count);
  }

  private static long mask(int count) {
    return count >= Long.SIZE ? -1 : count <= 0 ? 0 : -1L << Long.SIZE - count;
  }

  /** Whether an address belongs to it. */
  public boolean contains(Network address) {
    return address.isInet6 == isInet6 && address.withBits(bits).equals(masked());
  }

  /** The address of IPv4 as a number from 0 to 0xffffffff. */
  public long inetNumber() {
    return high >>> INET_BITS;
  }
}
