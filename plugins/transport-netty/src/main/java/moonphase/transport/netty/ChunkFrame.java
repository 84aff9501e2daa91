package moonphase.transport.netty;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import moonphase.spi.Headers;

/** Writes what stands around the chunks of a body. Worker thread only, stateless. */
final class ChunkFrame {
  /** Room for a chunk's length, the line ends around it, and the last chunk. */
  private static final int ROOM = 32;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private ChunkFrame() {}

  /**
   * Writes a chunk's length; asks for room for what comes behind it as well.
   *
   * @param copied how many bytes of the chunk go through the same buffer
   */
  static void begin(Output output, long length, int copied) {
    int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(length)) / 4);
    ByteBuf buffer = output.room(copied + ROOM);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      buffer.writeByte(HEX[(int) (length >>> shift) & 15]);
    }
    buffer.writeShort('\r' << 8 | '\n');
    output.written(digits + 2);
  }

  /** Ends a chunk, unless there was none, and the body, if it ends here without fields. */
  static void end(Output output, boolean hasChunk, boolean last) {
    ByteBuf buffer = output.room(ROOM);
    int before = buffer.writerIndex();
    if (hasChunk) {
      buffer.writeShort('\r' << 8 | '\n');
    }
    if (last) {
      buffer.writeInt('0' << 24 | '\r' << 16 | '\n' << 8 | '\r').writeByte('\n');
    }
    output.written(buffer.writerIndex() - before);
  }

  /** Ends the body with fields. */
  static void trailers(Output output, Headers fields) {
    StringBuilder end = new StringBuilder("0\r\n");
    for (int i = 0; i < fields.size(); i++) {
      end.append(fields.name(i)).append(": ").append(fields.value(i)).append("\r\n");
    }
    byte[] bytes = end.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    output.room(bytes.length).writeBytes(bytes);
    output.written(bytes.length);
  }
}
