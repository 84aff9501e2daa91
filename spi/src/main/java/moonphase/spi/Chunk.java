package moonphase.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A piece of a body. Passing one on passes ownership; the last owner calls {@link #release()} once.
 *
 * <p>Immutable apart from that; it crosses threads only as a whole.
 */
@ProviderType
public sealed interface Chunk {
  /** Nothing, with no flag. */
  Chunk EMPTY = new Bytes(new byte[0], 0, 0, false, false);

  /** Nothing, and the end of the body. */
  Chunk LAST = new Bytes(new byte[0], 0, 0, false, true);

  /** Nothing, and a wish to send what is waiting. */
  Chunk FLUSH = new Bytes(new byte[0], 0, 0, true, false);

  /** The number of bytes. */
  long length();

  /** Whether everything up to here is to be sent now rather than gathered. */
  boolean isFlush();

  /** Whether the body ends with this piece. */
  boolean isLast();

  /** The same piece with other flags; ownership moves to the returned one. */
  Chunk with(boolean flush, boolean last);

  /** The bytes, copied or as they are; a FileSlice is read, which blocks for the disk. */
  byte[] toBytes() throws IOException;

  /** Gives back what lies behind the piece. Once, by its last owner. */
  default void release() {}

  /** Bytes in a heap array, which nobody changes any more. */
  static Chunk of(byte[] bytes) {
    return new Bytes(bytes, 0, bytes.length, false, false);
  }

  /** Latin-1 text. */
  static Chunk of(String latin1) {
    return of(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * A part of a heap array.
   *
   * @param array nobody changes it any more
   * @param offset of the first byte
   * @param count of bytes
   * @param isFlush see {@link Chunk#isFlush()}
   * @param isLast see {@link Chunk#isLast()}
   */
  record Bytes(byte[] array, int offset, int count, boolean isFlush, boolean isLast)
      implements Chunk {
    @Override
    public long length() {
      return count;
    }

    @Override
    public Chunk with(boolean flush, boolean last) {
      return flush == isFlush && last == isLast
          ? this
          : new Bytes(array, offset, count, flush, last);
    }

    @Override
    public byte[] toBytes() {
      return offset == 0 && count == array.length
          ? array
          : java.util.Arrays.copyOfRange(array, offset, offset + count);
    }
  }

  /**
   * Bytes outside the heap, or in somebody's pool.
   *
   * @param buffer from position to limit
   * @param free gives the memory back
   * @param isFlush see {@link Chunk#isFlush()}
   * @param isLast see {@link Chunk#isLast()}
   */
  record Direct(ByteBuffer buffer, Runnable free, boolean isFlush, boolean isLast)
      implements Chunk {
    @Override
    public long length() {
      return buffer.remaining();
    }

    @Override
    public Chunk with(boolean flush, boolean last) {
      return new Direct(buffer, free, flush, last);
    }

    @Override
    public byte[] toBytes() {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes;
    }

    @Override
    public void release() {
      free.run();
    }
  }

  /**
   * A part of a file, unread.
   *
   * @param channel open for reading; {@code free} closes it, or lets go of it
   * @param position of the first byte
   * @param length in bytes
   * @param free run on release
   * @param isFlush see {@link Chunk#isFlush()}
   * @param isLast see {@link Chunk#isLast()}
   */
  record FileSlice(
      FileChannel channel,
      long position,
      long length,
      Runnable free,
      boolean isFlush,
      boolean isLast)
      implements Chunk {
    @Override
    public Chunk with(boolean flush, boolean last) {
      return new FileSlice(channel, position, length, free, flush, last);
    }

    @Override
    public byte[] toBytes() throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, position + bytes.position()) < 0) {
          throw new java.io.EOFException("the file was truncated while it was sent");
        }
      }
      return bytes.array();
    }

    @Override
    public void release() {
      free.run();
    }
  }
}
