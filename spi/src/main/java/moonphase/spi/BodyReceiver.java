package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Takes a request body piece by piece. Worker thread; must not block. */
@ConsumerType
public interface BodyReceiver {
  /**
   * Takes a piece, which is the receiver's from now on; the end of the body is a chunk with {@link
   * Chunk#isLast()}, which may be empty.
   */
  void receive(Chunk chunk);

  /**
   * Whether a chunk is taken whose size was just read; if not, {@link #fail} with 413 follows.
   *
   * @param received the sizes of the chunks before it, in bytes
   * @param next its size
   */
  default boolean admits(long received, long next) {
    return true;
  }

  /**
   * The body cannot be read to its end; nothing follows.
   *
   * @param status 400 malformed, 408 timed out, 413 too large, 499 the client has gone
   */
  void fail(int status);
}
