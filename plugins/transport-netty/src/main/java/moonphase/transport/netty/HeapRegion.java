package moonphase.transport.netty;

import io.netty.channel.FileRegion;
import io.netty.util.AbstractReferenceCounted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;
import moonphase.spi.Chunk;

/** A long heap array on its way out, of which only what the socket takes is copied off the heap. */
final class HeapRegion extends AbstractReferenceCounted implements FileRegion {
  private static final int STEP = 64 * 1024;

  private final Chunk.Bytes chunk;
  private final LongConsumer lost;
  private long transferred;

  /**
   * An array that is sent.
   *
   * @param lost told at the end how much of it has not left
   */
  HeapRegion(Chunk.Bytes chunk, LongConsumer lost) {
    this.chunk = chunk;
    this.lost = lost;
  }

  @Override
  public long transferTo(WritableByteChannel target, long position) throws IOException {
    int count = (int) Math.min(STEP, count() - position);
    int written =
        target.write(ByteBuffer.wrap(chunk.array(), chunk.offset() + (int) position, count));
    if (written > 0) {
      transferred += written;
    }
    return written;
  }

  @Override
  public long position() {
    return 0;
  }

  @Override
  @Deprecated
  public long transfered() {
    return transferred;
  }

  @Override
  public long transferred() {
    return transferred;
  }

  @Override
  public long count() {
    return chunk.count();
  }

  @Override
  protected void deallocate() {
    lost.accept(count() - transferred);
    chunk.release();
  }

  @Override
  public FileRegion retain() {
    super.retain();
    return this;
  }

  @Override
  public FileRegion retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public FileRegion touch() {
    return this;
  }

  @Override
  public FileRegion touch(Object hint) {
    return this;
  }
}
