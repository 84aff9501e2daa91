package org.luaj.vm2.compiler;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.ChunkName;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;

/**
 * Reads a chunk character by character: lines, strings with their escapes, and the errors that name
 * a line. Messages are LuaJIT's: {@code chunk:line: what near 'token'}.
 */
abstract class CharacterScanner {
  static final int END_OF_INPUT = -1;

  /** The line of the current character. */
  int line = 1;

  /** The current character, and what was kept of the token it belongs to. */
  int c;

  final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  final Globals globals;
  private final byte[] in;
  private final int end;
  private final String chunk;
  private int at;

  CharacterScanner(Globals globals, LuaString source, LuaString name) {
    this.globals = globals;
    in = source.m_bytes;
    at = source.m_offset;
    end = at + source.m_length;
    chunk = ChunkName.shorten(name.tojstring());
    if (end - at >= 3 && in[at] == (byte) 0xEF && in[at + 1] == (byte) 0xBB) {
      at += 3;
    }
    advance();
  }

  void advance() {
    c = at < end ? in[at++] & 0xFF : END_OF_INPUT;
  }

  void keep() {
    buffer.write(c);
    advance();
  }

  void newline() {
    int first = c;
    advance();
    if ((c == '\n' || c == '\r') && c != first) {
      advance();
    }
    line++;
  }

  // Errors.

  LuaError error(String message, int near) {
    String text =
        switch (near) {
          case 0 -> null;
          case Token.NAME, Token.STRING, Token.NUMBER -> buffer.toString(StandardCharsets.UTF_8);
          default -> Token.text(near);
        };
    return errorAt(line, text == null ? message : message + " near '" + text + "'");
  }

  LuaError errorAt(int atLine, String message) {
    return new LuaError(LuaString.valueOf(chunk + ":" + atLine + ": " + message));
  }

  // Strings.

  /** Reads a bracket and equals signs; answers the level, -1 for a lone bracket, -2 for neither. */
  int bracket() {
    int first = c;
    keep();
    int level = 0;
    while (c == '=') {
      keep();
      level++;
    }
    return c == first ? level : level == 0 ? -1 : -2;
  }

  LuaString longString(int level, String unfinished) {
    keep();
    int first = buffer.size();
    if (c == '\n' || c == '\r') {
      newline();
    }
    for (; ; ) {
      switch (c) {
        case END_OF_INPUT -> throw error(unfinished, Token.EOF);
        case ']' -> {
          int mark = buffer.size();
          if (bracket() == level) {
            keep();
            return globals.intern(LuaString.valueOf(buffer.toByteArray(), first, mark - first));
          }
        }
        case '\n', '\r' -> {
          newline();
          buffer.write('\n');
        }
        default -> keep();
      }
    }
  }

  LuaString quoted(int quote) {
    keep();
    while (c != quote) {
      switch (c) {
        case END_OF_INPUT -> throw error("unfinished string", Token.EOF);
        case '\n', '\r' -> throw error("unfinished string", Token.STRING);
        case '\\' -> escape();
        default -> keep();
      }
    }
    keep();
    byte[] bytes = buffer.toByteArray();
    return globals.intern(LuaString.valueOf(bytes, 1, bytes.length - 2));
  }

  private void escape() {
    advance();
    int plain = "abfnrtv".indexOf(c);
    if (c != END_OF_INPUT && plain >= 0) {
      buffer.write("\u0007\b\f\n\r\t\u000B".charAt(plain));
      advance();
      return;
    }
    switch (c) {
      case '\\', '"', '\'' -> keep();
      case '\n', '\r' -> {
        newline();
        buffer.write('\n');
      }
      case 'x' -> {
        advance();
        int high = hex();
        buffer.write(high << 4 | hex());
      }
      case 'z' -> {
        advance();
        while (c == ' ' || c >= 9 && c <= 13) {
          if (c == '\n' || c == '\r') {
            newline();
          } else {
            advance();
          }
        }
      }
      case 'u' -> unicode();
      case END_OF_INPUT -> {} // the caller reports the unfinished string
      default -> decimal();
    }
  }

  private int hex() {
    int digit = c < 0x80 && c >= 0 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw error("invalid escape sequence", Token.STRING);
    }
    advance();
    return digit;
  }

  private void unicode() {
    advance();
    if (c != '{') {
      throw error("invalid escape sequence", Token.STRING);
    }
    advance();
    int point = 0;
    do {
      point = point << 4 | hex();
      if (point > 0x10FFFF) {
        throw error("invalid escape sequence", Token.STRING);
      }
    } while (c != '}');
    advance();
    if (point >= 0xD800 && point < 0xE000) {
      throw error("invalid escape sequence", Token.STRING);
    }
    buffer.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
  }

  private void decimal() {
    if (c < '0' || c > '9') {
      throw error("invalid escape sequence", Token.STRING);
    }
    int value = 0;
    for (int n = 0; n < 3 && c >= '0' && c <= '9'; n++) {
      value = value * 10 + (c - '0');
      advance();
    }
    if (value > 255) {
      throw error("invalid escape sequence", Token.STRING);
    }
    buffer.write(value);
  }
}
