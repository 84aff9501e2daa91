package moonphase.http.charset;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A charset of single bytes as another one.
 *
 * @param table what stands for each byte
 */
record ToBytes(byte[][] table) implements Recoder {
  /** How many bytes every charset has in common. */
  static final int ASCII = 128;

  /** A table that knows ASCII alone. */
  static byte[][] ascii() {
    byte[][] table = new byte[256][];
    Arrays.fill(table, new byte[] {'?'});
    for (int i = 0; i < ASCII; i++) {
      table[i] = new byte[] {(byte) i};
    }
    return table;
  }

  @Override
  public byte[] recode(byte[] bytes, boolean isLast) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (byte b : bytes) {
      out.writeBytes(table[b & 0xff]);
    }
    return out.toByteArray();
  }

  @Override
  public boolean isResizing() {
    for (byte[] bytes : table) {
      if (bytes.length != 1) {
        return true;
      }
    }
    return false;
  }
}
