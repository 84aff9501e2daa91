package moonphase.transport.netty;

import io.netty.channel.DefaultFileRegion;
import moonphase.spi.Chunk;

/** A part of a file on its way out by sendfile, given back to whoever opened the file. */
final class SliceRegion extends DefaultFileRegion {
  private final Chunk.FileSlice slice;

  SliceRegion(Chunk.FileSlice slice) {
    super(slice.channel(), slice.position(), slice.length());
    this.slice = slice;
  }

  @Override
  protected void deallocate() {
    slice.release();
  }
}
