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

  /**
   * Asks for {@code target} and returns head and body, the body put together where it came in
   * chunks; what failed is told as text.
   */
  public String page(String target) {
    try {
      String answer = get(target);
      return answer.substring(0, answer.indexOf("\r\n\r\n") + 4) + body(answer);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The same as {@link #get(String)} with a further header field. */
  public String get(String target, String field) throws IOException {
    try (SocketChannel channel = send(target, field + "\r\n")) {
      return answer(channel);
    }
  }

  /** Sends a request and leaves the answer to {@link #answer}. */
  public SocketChannel send(String target) throws IOException {
    return send(target, "");
  }

  /**
   * Sends a request and leaves the answer to {@link #answer}.
   *
   * @param field one more header field; empty for none
   */
  public SocketChannel send(String target, String field) throws IOException {
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + (field.isEmpty() ? "" : field + "\r\n")
            + "\r\n";
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1)));
    return channel;
  }

  /** Reads to the end of the connection. */
  public String answer(SocketChannel channel) throws IOException {
    byte[] answer = Channels.newInputStream(channel).readAllBytes();
    return new String(answer, StandardCharsets.ISO_8859_1);
  }

  /** The body of an answer, put together where it came in chunks. */
  public static String body(String answer) {
    int end = answer.indexOf("\r\n\r\n");
    String body = answer.substring(end + 4);
    if (!answer.substring(0, end).contains("\r\nTransfer-Encoding: chunked")) {
      return body;
    }
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int line = body.indexOf("\r\n", at);
      int size = Integer.parseInt(body.substring(at, line), 16);
      if (size == 0) {
        return whole.toString();
      }
      whole.append(body, line + 2, line + 2 + size);
      at = line + 2 + size + 2;
    }
  }
}
