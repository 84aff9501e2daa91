package moonphase.http.gzip;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A body on its way into one gzip member. Worker thread only; {@link #end} gives its memory back.
 *
 * <p>Source: RFC 1952.
 */
final class Compression {
  private static final int OUTPUT = 16 * 1024;
  private static final int UNIX = 3;

  private final Deflater deflater;
  private final CRC32 checksum = new CRC32();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream(512);
  private final byte[] buffer = new byte[OUTPUT];
  private long in;
  private long out;
  private boolean ended;

  Compression(int level) {
    deflater = new Deflater(level, true);
    output.writeBytes(
        new byte[] {
          0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, (byte) (level == 9 ? 2 : level == 1 ? 4 : 0), UNIX
        });
  }

  /** Takes bytes. */
  void add(byte[] bytes, int offset, int count) {
    in += count;
    checksum.update(bytes, offset, count);
    deflater.setInput(bytes, offset, count);
    drain(Deflater.NO_FLUSH);
  }

  /** Has all that was taken so far come out. */
  void flush() {
    drain(Deflater.SYNC_FLUSH);
  }

  /** Completes the member. */
  void finish() {
    deflater.finish();
    drain(Deflater.NO_FLUSH);
    writeNumber(checksum.getValue());
    writeNumber(in);
  }

  private void drain(int mode) {
    int count;
    do {
      count = deflater.deflate(buffer, 0, buffer.length, mode);
      output.write(buffer, 0, count);
    } while (count == buffer.length);
  }

  private void writeNumber(long number) {
    for (int shift = 0; shift < 32; shift += 8) {
      output.write((int) (number >>> shift));
    }
  }

  /** What has come out since the last call. */
  byte[] take() {
    byte[] taken = output.toByteArray();
    output.reset();
    out += taken.length;
    return taken;
  }

  /** Gives the memory back; further calls do nothing. */
  void end() {
    if (!ended) {
      ended = true;
      deflater.end();
    }
  }

  /**
   * How many times smaller the body became, with two digits behind the point.
   *
   * <p>Source: ngx_http_gzip_ratio_variable.
   */
  String ratio() {
    long whole = in / out;
    long fraction = in * 100 / out % 100;
    if (in * 1000 / out % 10 > 4) {
      fraction++;
      if (fraction > 99) {
        whole++;
        fraction = 0;
      }
    }
    return whole + (fraction < 10 ? ".0" : ".") + fraction;
  }
}
