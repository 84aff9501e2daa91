package moonphase.spi;

import java.net.SocketAddress;

/**
 * A copy of a request for a handler that runs elsewhere. Nobody changes it; any thread.
 *
 * @param method for example {@code GET}
 * @param uri the decoded path
 * @param args the query string
 * @param host the host asked for
 * @param headers a copy of the fields
 * @param remote the client's address
 */
public record RequestSnapshot(
    String method, String uri, String args, String host, Headers headers, SocketAddress remote) {}
