package moonphase.spi;

/**
 * A request line and header fields as they came from the wire.
 *
 * @param method for example {@code GET}; empty if the line could not be read
 * @param target the request target as sent, for example {@code /a%20b?c=d}; an absolute URI is
 *     reduced to its path, its host stands in {@code host}
 * @param version 9, 10, 11 or 20
 * @param headers the fields, in order, names as sent
 * @param line the request line without its line end
 * @param raw line and fields as sent, with line ends; empty where the protocol has none
 * @param host the host of an absolute URI; empty otherwise
 * @param length bytes read for line and fields
 * @param status 0, or the status to answer with because the head is not acceptable: 400, 405, 408,
 *     414, 494, 501, 505; nothing is sent for 408, nor if the client has gone
 * @param complaint why the status is not 0, in nginx's words, with what was going on: {@code client
 *     sent invalid method while reading client request line}; empty otherwise
 */
public record RequestHead(
    String method,
    String target,
    int version,
    Headers headers,
    String line,
    String raw,
    String host,
    long length,
    int status,
    String complaint) {

  /** The version as the request line has it, for example {@code HTTP/1.1}. */
  public String protocol() {
    return version == 9 ? "HTTP/0.9" : version == 20 ? "HTTP/2.0" : "HTTP/1." + version % 10;
  }
}
