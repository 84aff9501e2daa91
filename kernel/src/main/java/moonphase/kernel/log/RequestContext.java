package moonphase.kernel.log;

/** What a line of the error log says about the request, in nginx's form. Stateless, any thread. */
public final class RequestContext {
  private RequestContext() {}

  /**
   * The text behind a message: {@code , client: 127.0.0.1, server: a, request: "GET / HTTP/1.1"}
   * and so on.
   *
   * @param client the client's address; {@code unix:} for a unix socket
   * @param server the server's first name
   * @param line the request line; empty if none was read
   * @param subrequest the path of a subrequest; empty for none
   * @param host the field {@code Host}; empty for none
   * @param referrer the field {@code Referer}; empty for none
   */
  public static String text(
      String client, String server, String line, String subrequest, String host, String referrer) {
    StringBuilder text = new StringBuilder(128);
    text.append(", client: ").append(client).append(", server: ").append(server);
    append(text, "request", line);
    append(text, "subrequest", subrequest);
    append(text, "host", host);
    append(text, "referrer", referrer);
    return text.toString();
  }

  private static void append(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append(", ").append(name).append(": \"").append(value).append('"');
    }
  }
}
