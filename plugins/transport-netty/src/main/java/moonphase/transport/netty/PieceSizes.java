package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.channel.MessageSizeEstimator;

/** Counts parts of files and of arrays as what they are, so that they hold back a fast writer. */
final class PieceSizes implements MessageSizeEstimator, MessageSizeEstimator.Handle {
  static final PieceSizes INSTANCE = new PieceSizes();

  private PieceSizes() {}

  @Override
  public Handle newHandle() {
    return this;
  }

  @Override
  public int size(Object piece) {
    return switch (piece) {
      case ByteBuf buffer -> buffer.readableBytes();
      case FileRegion region -> (int) Math.min(region.count(), Integer.MAX_VALUE / 2);
      default -> 0;
    };
  }
}
