package moonphase.spi;

/**
 * An address to listen on.
 *
 * @param host an IP address, {@code *} for every IPv4 one; empty for a unix socket
 * @param port 0 to 65535; 0 takes a free one
 * @param unixPath the absolute path of a unix socket; empty for TCP
 * @param backlog of connections not yet accepted; -1 for the default of 511
 * @param isReusePort whether each worker has a socket of its own
 * @param isIpv6Only whether an IPv6 wildcard leaves IPv4 alone
 * @param options of the socket
 * @param limits how requests are read
 */
public record ListenAddress(
    String host,
    int port,
    String unixPath,
    int backlog,
    boolean isReusePort,
    boolean isIpv6Only,
    SocketOptions options,
    HttpLimits limits) {

  /** As nginx writes it: {@code 127.0.0.1:80}, {@code [::]:80}, {@code unix:/path}. */
  public String text() {
    return unixPath.isEmpty()
        ? (host.equals("*") ? "0.0.0.0" : host.indexOf(':') >= 0 ? "[" + host + "]" : host)
            + ":"
            + port
        : "unix:" + unixPath;
  }
}
