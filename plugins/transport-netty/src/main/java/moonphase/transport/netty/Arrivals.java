package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;

/** What has arrived on a connection and was not taken yet. Worker thread only. */
final class Arrivals {
  private final Channel channel;
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private boolean ended;
  private boolean isReadingOn = true;

  Arrivals(Channel channel) {
    this.channel = channel;
  }

  /** Adds a buffer, which is this one's from now on. */
  void add(ByteBuf in) {
    if (!buffer.isReadable()) {
      clear();
      buffer = in;
      return;
    }
    ByteBuf both = channel.alloc().buffer(buffer.readableBytes() + in.readableBytes());
    both.writeBytes(buffer).writeBytes(in);
    in.release();
    clear();
    buffer = both;
  }

  /** Nothing more will come: the client has closed its side, or everything. */
  void end() {
    ended = true;
  }

  /** Whether nothing more will come. */
  boolean isEnded() {
    return ended;
  }

  boolean isEmpty() {
    return !buffer.isReadable();
  }

  /** What is there, to be read from. */
  ByteBuf buffer() {
    return buffer;
  }

  /** Drops what is there. */
  void clear() {
    ByteBuf dropped = buffer;
    buffer = Unpooled.EMPTY_BUFFER;
    dropped.release();
  }

  /** Has the channel read on, or not. */
  void readOn(boolean wanted) {
    if (wanted != isReadingOn && channel.isActive()) {
      isReadingOn = wanted;
      channel.config().setAutoRead(wanted);
    }
  }
}
