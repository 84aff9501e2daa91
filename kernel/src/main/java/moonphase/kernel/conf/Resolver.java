package moonphase.kernel.conf;

import java.util.List;

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
}
