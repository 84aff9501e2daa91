package moonphase.transport.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends bytes and reads bytes. Blocks, at most ten seconds. */
final class TestClient implements AutoCloseable {
  final Socket socket;
  private final InputStream in;

  TestClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  TestClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Everything until the server closes, without the dates. */
  String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    return undated(all.toString(StandardCharsets.ISO_8859_1));
  }

  /** What comes up to and with {@code end}. */
  String readUntil(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed after: " + text);
      }
      text.append((char) c);
    }
    return undated(text.toString());
  }

  /** Bytes, fewer only if the server closes. */
  byte[] read(int count) throws IOException {
    return in.readNBytes(count);
  }

  static String undated(String text) {
    return text.replaceAll("Date: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n", "");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
