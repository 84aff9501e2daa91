package moonphase.http.charset;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * UTF-8 as a charset of single bytes. A character that is not in it becomes {@code &#...;}, what is
 * not UTF-8 a question mark.
 *
 * <p>Source: ngx_http_charset_recode_from_utf8.
 */
final class FromUtf8 implements Recoder {
  private final Map<Integer, Byte> codes;
  private final byte[] begun = new byte[4];
  private int filled;

  /**
   * A body's recoder.
   *
   * @param codes the byte of each character
   */
  FromUtf8(Map<Integer, Byte> codes) {
    this.codes = codes;
  }

  @Override
  public byte[] recode(byte[] bytes, boolean isLast) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (byte b : bytes) {
      if (filled > 0 && !Utf8.isContinuation(b)) {
        out.write('?');
        filled = 0;
      }
      begun[filled++] = b;
      int length = Utf8.length(begun[0]);
      if (length == 0) {
        out.write('?');
        filled = 0;
      } else if (filled == length) {
        write(out, Utf8.code(begun, filled));
        filled = 0;
      }
    }
    if (isLast && filled > 0) {
      out.write('?');
      filled = 0;
    }
    return out.toByteArray();
  }

  private void write(ByteArrayOutputStream out, int code) {
    Byte known = codes.get(code);
    if (known != null) {
      out.write(known);
    } else if (code < 0) {
      out.write('?');
    } else {
      out.writeBytes(("&#" + code + ";").getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Override
  public boolean isResizing() {
    return true;
  }
}
