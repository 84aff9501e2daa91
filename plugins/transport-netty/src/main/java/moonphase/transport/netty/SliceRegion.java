package moonphase.transport.netty;

import io.netty.channel.DefaultFileRegion;
import java.util.function.LongConsumer;
import moonphase.spi.Chunk;

/** A part of a file on its way out by sendfile, given back to whoever opened the file. */
final class SliceRegion extends DefaultFileRegion {
  private final Chunk.FileSlice slice;
  private final LongConsumer lost;

  /**
   * A part of a file that is sent.
   *
   * @param lost told at the end how much of it has not left
   */
  SliceRegion(Chunk.FileSlice slice, LongConsumer lost) {
    super(slice.channel(), slice.position(), slice.length());
    this.slice = slice;
    this.lost = lost;
  }

  @Override
  protected void deallocate() {
    lost.accept(count() - transferred());
    slice.release();
  }
}
