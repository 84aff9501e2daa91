package moonphase.spi;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What was asked: state that phases read and rewrite.
 *
 * <p>Worker thread only. All text is Latin-1: one char is one byte.
 */
@ProviderType
public final class Request {
  private final RequestHead head;
  private final RequestBody body;
  private final long startMillis;
  private String method;
  private String uri;
  private String args;
  private String host = "";
  private Headers headers;
  private Optional<Captures> captures = Optional.empty();
  private boolean internal;
  private boolean uriChanged;

  /**
   * A request as it came; used by the kernel.
   *
   * @param head the head as read, or the main request's for a subrequest
   * @param uri the decoded, normalised path
   * @param args the query string without its question mark, empty for none
   * @param body the body, unread
   * @param startMillis when its first byte was seen, milliseconds since the epoch
   */
  public Request(RequestHead head, String uri, String args, RequestBody body, long startMillis) {
    this.head = head;
    this.method = head.method();
    this.headers = head.headers();
    this.uri = uri;
    this.args = args;
    this.body = body;
    this.startMillis = startMillis;
  }

  /** The head as it was read from the wire; nothing changes it. */
  public RequestHead head() {
    return head;
  }

  /** The method in upper case, for example {@code GET}. */
  public String method() {
    return method;
  }

  /** Sets the method. */
  public void method(String method) {
    this.method = method;
  }

  /** The current path, decoded and normalised; it begins with a slash. */
  public String uri() {
    return uri;
  }

  /** Sets the path; the location is chosen again only after {@link #uriChanged(boolean)}. */
  public void uri(String uri) {
    this.uri = uri;
  }

  /** The current query string without its question mark; empty for none. */
  public String args() {
    return args;
  }

  /** Sets the query string. */
  public void args(String args) {
    this.args = args;
  }

  /** Whether a rewrite asked for another choice of location. */
  public boolean isUriChanged() {
    return uriChanged;
  }

  /** Asks for another choice of location at the end of the rewrite phase, or withdraws it. */
  public void uriChanged(boolean changed) {
    this.uriChanged = changed;
  }

  /** The header fields; changes are seen by the handlers that follow. */
  public Headers headers() {
    return headers;
  }

  /** Replaces the header fields, as a subrequest with a body of its own does. */
  public void headers(Headers headers) {
    this.headers = headers;
  }

  /** The host asked for, in lower case, without port; empty if none was named. */
  public String host() {
    return host;
  }

  /** Sets the host, as a changed {@code Host} field does. */
  public void host(String host) {
    this.host = host;
  }

  /** The body. */
  public RequestBody body() {
    return body;
  }

  /** The captures of the last matching regular expression: {@code $1} to {@code $9}. */
  public Optional<Captures> captures() {
    return captures;
  }

  /** Sets what {@code $1} to {@code $9} stand for. */
  public void captures(Optional<Captures> captures) {
    this.captures = captures;
  }

  /** Whether an internal redirect or a subrequest led here, so that {@code internal} is open. */
  public boolean isInternal() {
    return internal;
  }

  /** Marks the request as internal, or not. */
  public void internal(boolean internal) {
    this.internal = internal;
  }

  /** When the first byte of the request was seen, in milliseconds since the epoch. */
  public long startMillis() {
    return startMillis;
  }
}
