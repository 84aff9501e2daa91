package moonphase.spi;

/**
 * The configuration cannot be used; the message is shown to the user as {@code [emerg]} and as it
 * is, so it is in nginx's words and ends with file and line.
 */
public final class ConfException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A message that is complete, with file and line. */
  public ConfException(String message) {
    super(message);
  }

  /** A message that is complete, and the failure behind it. */
  public ConfException(String message, Throwable cause) {
    super(message, cause);
  }
}
