package moonphase.transport.netty;

/** Turns bytes into text and back, one char for one byte. Any thread, stateless. */
final class Latin1 {
  private Latin1() {}

  /** The text between two offsets. */
  @SuppressWarnings("deprecation") // the quickest way there is, and right for Latin-1
  static String text(byte[] bytes, int from, int to) {
    return from == to ? "" : new String(bytes, 0, from, to - from);
  }

  /** Copies a whole text; returns the offset behind it. */
  @SuppressWarnings("deprecation") // see above
  static int copy(String text, byte[] into, int at) {
    int length = text.length();
    text.getBytes(0, length, into, at);
    return at + length;
  }
}
