package moonphase.http.charset;

/** Reads characters of UTF-8. Any thread, stateless. */
final class Utf8 {
  private Utf8() {}

  /** Whether a byte is not a character's first. */
  static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }

  /** How many bytes a character has that begins with this one; 0 if none does. */
  static int length(byte first) {
    int b = first & 0xff;
    if (b < 0x80) {
      return 1;
    }
    if (b < 0xc2 || b > 0xf4) {
      return 0;
    }
    return b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
  }

  /** The character that these bytes are; negative if they are none. */
  static int code(byte[] bytes) {
    return code(bytes, bytes.length);
  }

  /** The same of the first {@code count} bytes, of which there is one at least. */
  static int code(byte[] bytes, int count) {
    if (length(bytes[0]) != count) {
      return -1;
    }
    int code = count == 1 ? bytes[0] : bytes[0] & (0x7f >> count);
    for (int i = 1; i < count; i++) {
      if (!isContinuation(bytes[i])) {
        return -1;
      }
      code = code << 6 | bytes[i] & 0x3f;
    }
    boolean isOverlong = count == 3 && code < 0x800 || count == 4 && code < 0x10000;
    return isOverlong || code > Character.MAX_CODE_POINT ? -1 : code;
  }
}
