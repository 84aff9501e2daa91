package moonphase.http.gzip;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import moonphase.spi.Chunk;

/** Hands out the bytes of a chunk without having a long one in memory as a whole. Stateless. */
final class Pieces {
  private static final int LONGEST = 64 * 1024;

  private Pieces() {}

  /** Takes some bytes, before it returns. */
  interface Taker {
    void take(byte[] bytes, int offset, int count) throws IOException;
  }

  /** Hands all bytes to a taker; the chunk is not released. A file is read, which blocks. */
  static void forEach(Chunk chunk, Taker taker) throws IOException {
    switch (chunk) {
      case Chunk.Bytes bytes -> taker.take(bytes.array(), bytes.offset(), bytes.count());
      case Chunk.FileSlice slice -> read(slice, taker);
      default -> {
        byte[] bytes = chunk.toBytes();
        taker.take(bytes, 0, bytes.length);
      }
    }
  }

  private static void read(Chunk.FileSlice slice, Taker taker) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(LONGEST, slice.length()));
    for (long done = 0; done < slice.length(); ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), slice.length() - done));
      int count = slice.channel().read(buffer, slice.position() + done);
      if (count <= 0) {
        throw new EOFException("the file was truncated while it was sent");
      }
      taker.take(buffer.array(), 0, count);
      done += count;
    }
  }
}
