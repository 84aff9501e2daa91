package moonphase.http.charset;

/** Turns a body from one charset into another, piece by piece. One body's, on one thread. */
interface Recoder {
  /**
   * Recodes a piece; what its end leaves open is kept for the next one.
   *
   * @param isLast whether the body ends with it
   */
  byte[] recode(byte[] bytes, boolean isLast);

  /** Whether the body may become longer or shorter. */
  boolean isResizing();
}
