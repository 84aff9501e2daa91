package moonphase.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import moonphase.spi.Headers;
import moonphase.spi.RequestHead;

/**
 * A request to hand in. Immutable once handed in.
 *
 * <p>It is well formed by construction: how malformed ones are refused is tested where bytes are
 * parsed.
 *
 * @param line for example {@code GET /t HTTP/1.1}
 * @param headers the fields
 * @param body the body, without framing
 */
public record RawRequest(String line, Headers headers, byte[] body) {

  /**
   * A request in the words of a spec case, with the fields Test::Nginx adds.
   *
   * @param request a line such as {@code GET /t} and, below it, the body
   * @param moreHeaders further fields, one a line
   */
  public static RawRequest of(String request, String moreHeaders) {
    int end = request.indexOf('\n');
    String line = (end < 0 ? request : request.substring(0, end)).strip();
    String body = end < 0 ? "" : request.substring(end + 1);
    if (!line.contains(" HTTP/")) {
      line += " HTTP/1.1";
    }
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    Headers headers = new Headers();
    headers.add("Host", "localhost");
    headers.add("Connection", "close");
    moreHeaders.lines().filter(l -> !l.isBlank()).forEach(l -> put(headers, l));
    if (bytes.length > 0 && !headers.contains("Transfer-Encoding")) {
      headers.set("Content-Length", Integer.toString(bytes.length));
    }
    return new RawRequest(line, headers, bytes);
  }

  private static void put(Headers headers, String line) {
    int colon = line.indexOf(':');
    String name = line.substring(0, colon).strip();
    String value = line.substring(colon + 1).strip();
    if (name.equalsIgnoreCase("Host") || name.equalsIgnoreCase("Connection")) {
      headers.set(name, value);
    } else {
      headers.add(name, value);
    }
  }

  boolean isChunked() {
    String coding = headers.get("Transfer-Encoding");
    return coding != null && coding.toLowerCase(Locale.ROOT).equals("chunked");
  }

  RequestHead head() {
    String[] words = line.split(" ", 3);
    StringBuilder raw = new StringBuilder(line).append("\r\n");
    for (int i = 0; i < headers.size(); i++) {
      raw.append(headers.name(i)).append(": ").append(headers.value(i)).append("\r\n");
    }
    raw.append("\r\n");
    int version = words[2].equals("HTTP/1.0") ? 10 : 11;
    return new RequestHead(
        words[0],
        words[1],
        version,
        new Headers(headers),
        line,
        raw.toString(),
        "",
        raw.length(),
        0,
        "");
  }
}
