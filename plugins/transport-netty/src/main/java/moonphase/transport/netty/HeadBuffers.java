package moonphase.transport.netty;

import java.util.ArrayDeque;

/** Arrays in which heads are gathered, used again by the next ones. Worker thread only. */
final class HeadBuffers {
  private static final int SIZE = 2048;
  private static final int KEPT = 16;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>(KEPT);

  byte[] take() {
    byte[] known = free.pollLast();
    return known != null ? known : new byte[SIZE];
  }

  /** Keeps an array for the next head, unless it is an odd one or there are enough. */
  void giveBack(byte[] bytes) {
    if (bytes.length == SIZE && free.size() < KEPT) {
      free.addLast(bytes);
    }
  }
}
