package moonphase.dist.osgi;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A client of a server that listens on a Unix socket, which no other test can take.
 *
 * @param socket the socket's path
 */
public record Client(Path socket) {
  /** Asks for {@code target} on a connection of its own and returns the answer, head and body. */
  public String get(String target) throws IOException {
    try (SocketChannel channel = send(target)) {
      return answer(channel);
    }
  }

  /** Sends a request and leaves the answer to {@link #answer}. */
  public SocketChannel send(String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    return channel;
  }

  /** Reads to the end of the connection. */
  public String answer(SocketChannel channel) throws IOException {
    byte[] answer = Channels.newInputStream(channel).readAllBytes();
    return new String(answer, StandardCharsets.ISO_8859_1);
  }
}
