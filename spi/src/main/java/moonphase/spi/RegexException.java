package moonphase.spi;

/** An expression that cannot be compiled, or a match that was given up; in PCRE's words. */
public final class RegexException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int code;
  private final int offset;

  /**
   * A failure.
   *
   * @param message PCRE's message
   * @param code PCRE's number
   * @param offset where in the pattern; -1 for a match
   */
  public RegexException(String message, int code, int offset) {
    super(message);
    this.code = code;
    this.offset = offset;
  }

  /** PCRE's number. */
  public int code() {
    return code;
  }

  /** Where in the pattern, counted from 0; -1 for a match. */
  public int offset() {
    return offset;
  }
}
