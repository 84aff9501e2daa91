package moonphase.author;

/** Why a folder cannot be packed; the message is for the user, one line for each problem. */
final class PackException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PackException(String message) {
    super(message);
  }

  PackException(String message, Throwable cause) {
    super(message, cause);
  }
}
