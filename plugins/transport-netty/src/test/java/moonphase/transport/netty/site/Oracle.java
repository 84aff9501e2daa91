package moonphase.transport.netty.site;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Says whether the requests that a server has answered stand one behind the other in what was sent:
 * each begins where the one before ends, by the length or the chunks that the server itself saw,
 * and its body is what stands there. So no request is taken out of another's body.
 *
 * <p>The server answers with lines: {@code R}, method and target, the fields Content-Length and
 * Transfer-Encoding; then the body.
 */
final class Oracle {
  /** The location that answers so. */
  static final String LOCATION =
      "location / { echo_read_request_body; echo -n \"R\\n$request_method $request_uri\\n"
          + "$http_content_length\\n$http_transfer_encoding\\n\"; echo_request_body; }";

  private final String sent;
  private int cursor;

  private Oracle(byte[] sent) {
    this.sent = new String(sent, StandardCharsets.ISO_8859_1);
  }

  /** What is wrong with the answers; empty for nothing. */
  static String complaint(byte[] sent, List<Answers.Answer> answers) {
    Oracle oracle = new Oracle(sent);
    for (Answers.Answer answer : answers) {
      if (answer.status().equals("100")) {
        continue;
      }
      if (!answer.status().equals("200") || !answer.body().startsWith("R\n")) {
        return ""; // refused, a HEAD or HTTP/0.9: what follows cannot be told apart
      }
      String complaint = oracle.take(answer.body());
      if (!complaint.isEmpty()) {
        return complaint;
      }
    }
    return "";
  }

  private String take(String seen) {
    String[] parts = seen.split("\n", 5);
    while (cursor < sent.length() && "\r\n".indexOf(sent.charAt(cursor)) >= 0) {
      cursor++;
    }
    if (!sent.startsWith(parts[1].substring(0, parts[1].indexOf(' ') + 1), cursor)) {
      return "\"" + parts[1] + "\" does not begin at " + cursor;
    }
    skipHead();
    String body = parts[3].isEmpty() ? counted(parts[2]) : chunks();
    return body.equals(parts[4])
        ? ""
        : "\"" + parts[1] + "\" has another body than \"" + body + "\"";
  }

  private void skipHead() {
    while (cursor < sent.length()) {
      if (line().replace("\r", "").isEmpty()) {
        return;
      }
    }
  }

  private String line() {
    int end = sent.indexOf('\n', cursor);
    String line = sent.substring(cursor, end < 0 ? sent.length() : end);
    cursor = end < 0 ? sent.length() : end + 1;
    return line;
  }

  private String counted(String length) {
    int count = length.isEmpty() ? 0 : Integer.parseInt(length);
    String body = sent.substring(cursor, Math.min(sent.length(), cursor + count));
    cursor += body.length();
    return body;
  }

  private String chunks() {
    StringBuilder body = new StringBuilder();
    while (cursor < sent.length()) {
      String line = line();
      int digits = 0;
      while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0) {
        digits++;
      }
      int size = Integer.parseInt(line.substring(0, digits), 16);
      if (size == 0) {
        skipHead();
        break;
      }
      body.append(counted(Integer.toString(size)));
      line();
    }
    return body.toString();
  }
}
