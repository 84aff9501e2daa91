package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Buffers for what arrives. A request is most often taken out of its buffer before the next one is
 * read, so that one buffer serves all connections of a worker; one that somebody still needs is
 * left to them. Worker thread only.
 */
final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int SIZE = 16 * 1024;

  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

  @Override
  public MaxMessageHandle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return next(allocator);
      }

      @Override
      public int guess() {
        return SIZE;
      }
    };
  }

  private ByteBuf next(ByteBufAllocator allocator) {
    if (buffer.refCnt() != 1 || buffer == Unpooled.EMPTY_BUFFER) {
      buffer.release();
      buffer = allocator.directBuffer(SIZE, SIZE);
    }
    return buffer.clear().retain();
  }

  /** Lets go of the buffer; none is read into any more. */
  void end() {
    buffer.release();
    buffer = Unpooled.EMPTY_BUFFER;
  }
}
