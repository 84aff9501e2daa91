package moonphase.kernel;

/** What the server calls itself on the wire; tools parse it, so it is nginx's. */
final class ServerName {
  /** With {@code server_tokens on}. */
  static final String FULL = "nginx/1.22.1";

  /** With {@code server_tokens off}. */
  static final String SHORT = "nginx";

  private ServerName() {}
}
