package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.Quantity;

/**
 * {@code resolver}: who is asked for addresses. Immutable.
 *
 * @param servers {@code address:port} each; empty: no resolver is configured
 * @param validMillis how long an answer holds; -1: as long as it says itself
 * @param usesIpv4 whether IPv4 addresses are asked for
 * @param usesIpv6 whether IPv6 addresses are asked for
 */
public record Resolver(List<String> servers, long validMillis, boolean usesIpv4, boolean usesIpv6) {
  /** No resolver is configured. */
  public static final Resolver NONE = new Resolver(List.of(), -1, true, true);

  private static final int PORT = 53;

  /** Reads the directive. Source: ngx_resolver_create. */
  static Resolver read(Statement args) {
    List<String> servers = new ArrayList<>();
    long valid = -1;
    boolean ipv4 = true;
    boolean ipv6 = true;
    for (String word : args.arguments()) {
      if (word.startsWith("valid=")) {
        long seconds = Quantity.seconds(word.substring(6));
        if (seconds == Quantity.NONE) {
          throw args.error("invalid parameter: " + word);
        }
        valid = seconds * 1000;
      } else if (word.startsWith("ipv6=")) {
        ipv6 = flag(args, word, 5);
      } else if (word.startsWith("ipv4=")) {
        ipv4 = flag(args, word, 5);
      } else if (word.startsWith("status_zone=")) {
        args.hasNoEffect("there are no statistics of zones");
      } else {
        try {
          for (SocketName name : SocketName.parse(word, PORT, false)) {
            servers.add(name.text());
          }
        } catch (IllegalArgumentException e) {
          throw args.error(e.getMessage() + " in resolver \"" + word + "\"");
        }
      }
    }
    if (servers.isEmpty()) {
      throw args.error("no name servers defined");
    }
    if (!ipv4 && !ipv6) {
      throw args.error("\"ipv4\" and \"ipv6\" cannot both be \"off\"");
    }
    return new Resolver(List.copyOf(servers), valid, ipv4, ipv6);
  }

  private static boolean flag(Statement args, String word, int start) {
    return switch (word.substring(start)) {
      case "on" -> true;
      case "off" -> false;
      default -> throw args.error("invalid parameter: " + word);
    };
  }
}
