package moonphase.testkit;

import java.nio.charset.StandardCharsets;
import moonphase.spi.Headers;
import moonphase.spi.ResponseHead;

/**
 * What came back. Immutable.
 *
 * @param status 0 if the connection was closed without an answer
 * @param line the status line behind the version
 * @param headers the fields as the kernel gave them; those that frame a body on a wire are not
 *     there
 * @param body Latin-1
 * @param isCut whether the connection was closed before the last chunk
 */
public record Answer(int status, String line, Headers headers, String body, boolean isCut) {
  /** The connection was closed without an answer. */
  public static final Answer NONE = new Answer(0, "", new Headers(), "", true);

  static Answer of(ResponseHead head, byte[] body) {
    String text = head.hasBody() ? new String(body, StandardCharsets.ISO_8859_1) : "";
    Headers headers = new Headers(head.headers());
    if (!headers.contains("Server")) {
      headers.add("Server", head.server());
    }
    dropEmpty(headers, "Server");
    dropEmpty(headers, "Date");
    return new Answer(head.status(), head.line(), headers, text, false);
  }

  /** A field of the server's own that is empty is not sent. */
  private static void dropEmpty(Headers headers, String name) {
    if ("".equals(headers.get(name))) {
      headers.remove(name);
    }
  }

  /** This answer with fields that came behind the body, marked as such. */
  Answer with(Headers trailers) {
    for (int i = 0; i < trailers.size(); i++) {
      headers.add("Trailer/" + trailers.name(i), trailers.value(i));
    }
    return this;
  }

  Answer cut() {
    return new Answer(status, line, headers, body, true);
  }
}
