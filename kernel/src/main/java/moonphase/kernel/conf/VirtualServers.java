package moonphase.kernel.conf;

import org.jspecify.annotations.Nullable;

/**
 * The virtual servers of one address. Immutable, any thread.
 *
 * <p>Source: nginx manual, "Server names"; ngx_http_find_virtual_server.
 */
public final class VirtualServers {
  /**
   * What was found.
   *
   * @param server the server
   * @param match the expression that is its name; null if it was found by text
   */
  public record Found(ServerBlock server, @Nullable RegexMatch match) {}

  /** The server for hosts that none is named after, and for requests without host. */
  public ServerBlock defaultServer() {
    throw new UnsupportedOperationException();
  }

  /**
   * The server of a host; the default one if none has that name.
   *
   * @param host in lower case, without port; empty for none
   * @throws moonphase.spi.RegexException if a match was given up
   */
  public Found find(String host) {
    throw new UnsupportedOperationException();
  }
}
