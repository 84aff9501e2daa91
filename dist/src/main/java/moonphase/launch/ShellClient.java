package moonphase.launch;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code moonphase shell PATH [COMMAND ...]}: the user's end of {@link Shell}. */
public final class ShellClient {
  private ShellClient() {}

  /**
   * Sends one command, or the standard input's lines, and prints what comes back. Exits with 1 when
   * there is no shell at the path.
   *
   * @param args the socket's path, then the command's words
   */
  public static void main(String[] args) {
    if (args.length == 0) {
      System.err.println("moonphase shell: needs the path given to -Dmoonphase.shell");
      System.exit(1);
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(args[0])))) {
      Thread.ofVirtual().start(() -> send(channel, Arrays.copyOfRange(args, 1, args.length)));
      Channels.newInputStream(channel).transferTo(System.out);
      System.out.flush();
    } catch (IOException e) {
      System.err.println("moonphase shell: \"" + args[0] + "\": " + e.getMessage());
      System.exit(1);
    }
  }

  private static void send(SocketChannel channel, String[] words) {
    try {
      var out = Channels.newOutputStream(channel);
      if (words.length > 0) {
        out.write((String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8));
      } else {
        System.in.transferTo(out);
      }
      channel.shutdownOutput();
    } catch (IOException e) {
      System.err.println("moonphase shell: " + e.getMessage());
    }
  }
}
