package moonphase.transport.netty.site;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server sends on a connection, response by response. Each is one line: the status, {@code
 * keep-alive} or {@code close}, for a 200 the body, and the field {@code Location}; a response
 * without status line is its text after {@code 0.9}. Blocks, at most 20 s.
 */
final class Answers {
  private static final Pattern RUN = Pattern.compile("(.)\\1{15,}");
  private static final Pattern LOCATION = Pattern.compile("\r\nLocation: ([^\r]*)");
  private static final int PATIENCE_MILLIS = 20_000;

  private final byte[] bytes;
  private int position;

  /** One response; its body is whole only if it was sent whole. */
  record Answer(String status, boolean isClose, String body, String location) {
    @Override
    public String toString() {
      String shown = status.equals("200") || isBare() ? " " + shown(body) : "";
      return status
          + (isBare() ? "" : isClose ? " close" : " keep-alive")
          + (status.equals("100") ? "" : shown)
          + (location.isEmpty() ? "" : " " + location);
    }

    private boolean isBare() {
      return status.equals("100") || status.equals("0.9") || status.equals("cut");
    }
  }

  private Answers(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Sends bytes and reads until the server closes. */
  static List<String> to(int port, byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request);
      return read(readAll(socket.getInputStream()));
    }
  }

  /** All bytes until the end, which a reset is as well. */
  static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    try {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        all.write(piece, 0, count);
      }
    } catch (SocketException e) {
      return all.toByteArray(); // what came before the reset was seen
    }
    return all.toByteArray();
  }

  /** Takes responses apart; each as a line. */
  static List<String> read(byte[] bytes) {
    return parse(bytes).stream().map(Answer::toString).toList();
  }

  /** Takes responses apart. */
  static List<Answer> parse(byte[] bytes) {
    Answers answers = new Answers(bytes);
    List<Answer> all = new ArrayList<>();
    while (answers.position < bytes.length) {
      all.add(answers.next());
    }
    return all;
  }

  private Answer next() {
    String rest = text(position, bytes.length);
    int end = rest.indexOf("\r\n\r\n");
    if (!rest.startsWith("HTTP/1.1 ") || end < 0) {
      position = bytes.length;
      return new Answer(rest.startsWith("HTTP/1.1 ") ? "cut" : "0.9", true, rest, "");
    }
    String head = rest.substring(0, end);
    String lower = head.toLowerCase(Locale.ROOT);
    position += end + 4;
    String status = head.substring(9, 12);
    Matcher location = LOCATION.matcher(head);
    return new Answer(
        status,
        lower.contains("\r\nconnection: close"),
        status.equals("100") ? "" : body(lower),
        location.find() ? location.group(1) : "");
  }

  private String body(String head) {
    if (head.contains("\r\ntransfer-encoding: chunked")) {
      return chunks();
    }
    int at = head.indexOf("\r\ncontent-length: ");
    int length = bytes.length - position;
    if (at >= 0) {
      length = Integer.parseInt(head.substring(at + 18).lines().findFirst().orElseThrow());
    } else if (head.startsWith("http/1.1 304") || head.startsWith("http/1.1 204")) {
      length = 0;
    }
    return take(length);
  }

  private String chunks() {
    StringBuilder body = new StringBuilder();
    while (true) {
      int end = position;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (end >= bytes.length) {
        position = bytes.length;
        return body + "(cut)";
      }
      int size = Integer.parseInt(text(position, end).strip(), 16);
      position = end + 1;
      body.append(take(size));
      take(2);
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String take(int count) {
    int end = Math.min(bytes.length, position + count);
    String taken = text(position, end);
    position = end;
    return taken;
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String shown(String text) {
    String line = text.strip().replace("\r", "\\r").replace("\n", "\\n");
    return RUN.matcher(line)
        .replaceAll(run -> "{" + run.group().length() + "*" + run.group(1) + "}");
  }
}
