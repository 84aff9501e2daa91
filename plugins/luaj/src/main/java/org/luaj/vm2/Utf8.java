package org.luaj.vm2;

import java.io.ByteArrayOutputStream;

/** Java text to UTF-8 that keeps unpaired surrogates, which the JDK would replace by '?'. */
final class Utf8 {
  private Utf8() {}

  static byte[] encode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
    text.codePoints().forEach(point -> encode(point, out));
    return out.toByteArray();
  }

  /** Writes one code point in up to four bytes. */
  static void encode(int point, ByteArrayOutputStream out) {
    if (point < 0x80) {
      out.write(point);
    } else if (point < 0x800) {
      out.write(0xC0 | point >> 6);
      out.write(0x80 | point & 0x3F);
    } else if (point < 0x10000) {
      out.write(0xE0 | point >> 12);
      out.write(0x80 | point >> 6 & 0x3F);
      out.write(0x80 | point & 0x3F);
    } else {
      out.write(0xF0 | point >> 18);
      out.write(0x80 | point >> 12 & 0x3F);
      out.write(0x80 | point >> 6 & 0x3F);
      out.write(0x80 | point & 0x3F);
    }
  }

  static boolean isValid(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; ) {
      int b = bytes[i++];
      int more = b >= 0 ? 0 : (b & 0xE0) == 0xC0 ? 1 : (b & 0xF0) == 0xE0 ? 2 : 3;
      if (b < 0 && (b & 0xC0) == 0x80 || (b & 0xF8) == 0xF8 || i + more > end) {
        return false;
      }
      for (; more > 0; more--) {
        if ((bytes[i++] & 0xC0) != 0x80) {
          return false;
        }
      }
    }
    return true;
  }
}
