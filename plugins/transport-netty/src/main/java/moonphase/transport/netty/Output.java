package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import moonphase.spi.Chunk;
import moonphase.spi.ConnectionSettings;
import moonphase.spi.FlushListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What leaves on a connection: gathers small pieces into one buffer, passes large ones on as they
 * are, and watches that the client takes them. Worker thread only.
 */
final class Output {
  private static final Logger LOG = LoggerFactory.getLogger(Output.class);

  /** Longer arrays are not copied as a whole. */
  private static final int LONGEST_COPY = 64 * 1024;

  /** Parts of files up to this length are read, to leave in one packet with what is before them. */
  private static final int LONGEST_READ = 16 * 1024;

  /** Longer direct buffers are not copied. */
  private static final int LONGEST_DIRECT_COPY = 1024;

  private static final int POSTPONED_IN_TURN = 16 * 1024;

  private static final int LOOKS = 4;

  private final Channel channel;
  private final Sockets sockets;
  private final OutputBuffers buffers;
  private final Runnable tooSlow;
  private final Deadline watch;
  private @Nullable ByteBuf tail;
  private long total;
  private long unflushed;
  private boolean deferring;
  private boolean due;
  private ConnectionSettings settings = ConnectionSettings.DEFAULT;
  private long stillness;
  private long lastPending;
  private long lastProgress;

  /**
   * The output of a connection.
   *
   * @param tooSlow run when the client has taken nothing for the whole of {@code send_timeout}
   */
  Output(Channel channel, Sockets sockets, NettyWorker worker, Runnable tooSlow) {
    this.channel = channel;
    this.sockets = sockets;
    this.buffers = worker.outputBuffers();
    this.tooSlow = tooSlow;
    this.watch = new Deadline(worker, this::look);
  }

  /** Bytes written so far; without those that were lost with the connection. */
  long total() {
    return total;
  }

  /** What holds from now on. */
  void settings(ConnectionSettings given) {
    settings = given;
  }

  /** Whether a client that was too slow sees a reset. */
  boolean isResettingTimedOut() {
    return settings.isResettingTimedOut();
  }

  /** A turn begins, at whose end what is due is flushed. */
  void beginTurn() {
    deferring = true;
  }

  /** Sends what is due. */
  void endTurn() {
    deferring = false;
    flushIf(due);
  }

  /** What has gathered is to be sent in this turn: a response is complete. */
  void due() {
    due = true;
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  /** A buffer with room for so many bytes; {@link #written} follows. */
  ByteBuf room(int count) {
    ByteBuf buffer = tail;
    if (buffer != null) {
      if (buffer.writableBytes() >= count) {
        return buffer;
      }
      writeTail();
    }
    buffer = buffers.take(channel.alloc(), count);
    tail = buffer;
    return buffer;
  }

  /** So many bytes were put into the buffer of {@link #room}. */
  void written(int count) {
    total += count;
    unflushed += count;
  }

  /** How many bytes of a piece will go through the buffer: all of them or none. */
  static int copied(Chunk chunk) {
    long longest =
        switch (chunk) {
          case Chunk.Bytes bytes -> LONGEST_COPY;
          case Chunk.Direct direct -> LONGEST_DIRECT_COPY;
          case Chunk.FileSlice slice -> LONGEST_READ;
        };
    return chunk.length() <= longest ? (int) chunk.length() : 0;
  }

  /** Writes a piece, which is not empty. */
  void write(Chunk chunk) throws IOException {
    switch (chunk) {
      case Chunk.Bytes bytes -> writeBytes(bytes);
      case Chunk.Direct direct -> writeDirect(direct);
      case Chunk.FileSlice slice -> writeSlice(slice);
    }
  }

  private void writeBytes(Chunk.Bytes bytes) {
    if (copied(bytes) == 0) {
      writeWhole(new HeapRegion(bytes, this::lost), bytes.count());
      return;
    }
    room(bytes.count()).writeBytes(bytes.array(), bytes.offset(), bytes.count());
    written(bytes.count());
    bytes.release();
  }

  private void writeDirect(Chunk.Direct direct) {
    int count = direct.buffer().remaining();
    if (copied(direct) > 0) {
      room(count).writeBytes(direct.buffer().duplicate());
      written(count);
      direct.release();
      return;
    }
    writeTail();
    total += count;
    unflushed += count;
    channel.write(Unpooled.wrappedBuffer(direct.buffer())).addListener(sent -> direct.release());
  }

  private void writeSlice(Chunk.FileSlice slice) throws IOException {
    if (copied(slice) == 0) {
      writeWhole(new SliceRegion(slice, this::lost), slice.length());
      return;
    }
    try {
      int count = (int) slice.length();
      read(slice.channel(), slice.position(), room(count), count);
      written(count);
    } finally {
      slice.release();
    }
  }

  private static void read(FileChannel file, long position, ByteBuf buffer, int count)
      throws IOException {
    int done = 0;
    while (done < count) {
      int read = buffer.writeBytes(file, position + done, count - done);
      if (read <= 0) {
        throw new IOException("the file was truncated while it was sent");
      }
      done += read;
    }
  }

  private void writeWhole(Object region, long count) {
    writeTail();
    total += count;
    unflushed += count;
    channel.write(region, channel.voidPromise());
  }

  private void writeTail() {
    ByteBuf buffer = tail;
    if (buffer != null) {
      tail = null;
      channel.write(buffer, channel.voidPromise());
    }
  }

  /** Sends what has gathered, if it is enough or if that was asked for. */
  void flushIf(boolean wanted) {
    if (wanted || unflushed >= (deferring ? POSTPONED_IN_TURN : settings.postponedBytes())) {
      flush();
    }
  }

  /** Sends what has gathered. */
  void flush() {
    if (unflushed == 0) {
      return;
    }
    unflushed = 0;
    due = false;
    if (sendTail()) {
      return;
    }
    writeTail();
    channel.flush();
    if (settings.sendTimeoutMillis() > 0 && pending() > 0 && !watch.isSet()) {
      stillness = 0;
      note();
      watch.set(interval());
    }
  }

  /** Sends the buffer past the channel's queue, which is empty; false if some of it is left. */
  private boolean sendTail() {
    ByteBuf buffer = tail;
    if (buffer == null || channel.unsafe().outboundBuffer() == null || pending() > 0) {
      return false;
    }
    try {
      sockets.send(channel, buffer);
    } catch (IOException e) {
      LOG.debug("the channel meets it again, and closes", e);
      return false;
    }
    if (buffer.isReadable()) {
      return false;
    }
    tail = null;
    buffers.giveBack(buffer);
    return true;
  }

  /**
   * Sends what has gathered, and says when all of it has left, or that it never will.
   *
   * @param listener called at once if nothing is waiting
   */
  void whenFlushed(FlushListener listener) {
    flush();
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    if (buffer == null || !channel.isActive()) {
      listener.flushed(false);
    } else if (buffer.isEmpty()) {
      listener.flushed(true);
    } else {
      channel
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(sent -> listener.flushed(sent.isSuccess()));
    }
  }

  /** Lets go of everything; the channel is closed. */
  void end() {
    watch.end();
    ByteBuf buffer = tail;
    tail = null;
    unflushed = 0;
    if (buffer != null) {
      buffers.giveBack(buffer);
    }
  }

  /** Whether more is on its way than leaves at once from a socket that nothing waits for. */
  boolean isBehind() {
    ByteBuf buffer = tail;
    return pending() + (buffer == null ? 0 : buffer.readableBytes()) > LONGEST_READ;
  }

  /** So many bytes that were written will never leave. */
  private void lost(long count) {
    total -= count;
  }

  /** Whether everything that was written has left. */
  boolean isEmpty() {
    return tail == null && pending() == 0;
  }

  private long pending() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  private long interval() {
    return Math.max(1, settings.sendTimeoutMillis() / LOOKS);
  }

  /** Whether anything has left since the last look; what has is not told by anyone. */
  private boolean note() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    long pending = pending();
    long progress = buffer == null ? 0 : buffer.currentProgress();
    boolean moved = pending != lastPending || progress != lastProgress;
    lastPending = pending;
    lastProgress = progress;
    return moved;
  }

  private void look() {
    if (pending() == 0) {
      return;
    }
    stillness = note() ? 0 : stillness + 1;
    if (stillness >= LOOKS) {
      tooSlow.run();
    } else {
      watch.set(interval());
    }
  }
}
