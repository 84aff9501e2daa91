package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;

/** Buffers in which output is gathered, used again by the next ones. Worker thread only. */
final class OutputBuffers {
  private static final int SIZE = 4096;

  private final ArrayDeque<ByteBuf> free = new ArrayDeque<>();
  private int kept = 64;

  /** An empty buffer with room for so many bytes. */
  ByteBuf take(ByteBufAllocator allocator, int count) {
    ByteBuf known = count > SIZE ? null : free.pollLast();
    return known != null ? known : allocator.directBuffer(Math.max(count, SIZE));
  }

  /** Keeps a buffer that nobody else has for the next output, unless there are enough. */
  void giveBack(ByteBuf buffer) {
    if (buffer.capacity() == SIZE && free.size() < kept) {
      free.addLast(buffer.clear());
    } else {
      buffer.release();
    }
  }

  /** Lets go of the memory, and keeps none from now on. */
  void end() {
    kept = 0;
    free.forEach(ByteBuf::release);
    free.clear();
  }
}
