package moonphase.launch;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Requests that a server sends itself while the JVM records what a start needs (see lib/rehearse).
 * Runs on a thread of its own once the sockets are bound, and then lets the server quit.
 */
record Rehearsal(Path socket, Consumer<String> control) implements Runnable {
  private static final String[] TARGETS = {"/", "/static.html", "/missing"};

  @Override
  public void run() {
    for (String target : TARGETS) {
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        String request =
            "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        byte[] answer = Channels.newInputStream(channel).readAllBytes();
        System.out.println(
            new String(answer, StandardCharsets.ISO_8859_1).lines().findFirst().orElse(""));
      } catch (IOException e) {
        ErrorLine.write("alert", "rehearsal of " + target + " failed: " + e.getMessage());
      }
    }
    control.accept("quit");
  }
}
