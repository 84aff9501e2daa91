package org.luaj.vm2.compiler;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.ChunkName;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.NumberParser;

/**
 * Splits a chunk into tokens.
 *
 * <p>Bytes from 128 on are letters, as for the target, so that UTF-8 names work. Messages are
 * LuaJIT's: {@code chunk:line: what near 'token'}.
 */
final class Lexer {
  private static final int END_OF_INPUT = -1;

  /** The current token, its text and its value. */
  int token;

  LuaString string;
  LuaNumber number;

  /** The line of the current token's end, and that of the token before. */
  int line = 1;

  int lastLine = 1;

  private final Globals globals;
  private final byte[] in;
  private final int end;
  private final String chunk;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private int at;
  private int c;

  private boolean peeked;
  private int aheadToken;
  private LuaString aheadString;
  private LuaNumber aheadNumber;
  private int aheadLine;

  Lexer(Globals globals, LuaString source, LuaString name) {
    this.globals = globals;
    in = source.m_bytes;
    at = source.m_offset;
    end = at + source.m_length;
    chunk = ChunkName.shorten(name.tojstring());
    if (end - at >= 3 && in[at] == (byte) 0xEF && in[at + 1] == (byte) 0xBB) {
      at += 3;
    }
    advance();
    if (c == '#') {
      while (c != END_OF_INPUT && c != '\n' && c != '\r') {
        advance();
      }
      if (c != END_OF_INPUT) {
        newline();
      }
    }
    if (c == 27) {
      String plain = name.tojstring();
      plain = plain.startsWith("@") || plain.startsWith("=") ? plain.substring(1) : "(binary)";
      throw new LuaError(LuaString.valueOf(plain + ": cannot load incompatible bytecode"));
    }
  }

  private void advance() {
    c = at < end ? in[at++] & 0xFF : END_OF_INPUT;
  }

  private void keep() {
    buffer.write(c);
    advance();
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

  // Tokens.

  /** Reads the next token. */
  void next() {
    lastLine = line;
    if (peeked) {
      peeked = false;
      token = aheadToken;
      string = aheadString;
      number = aheadNumber;
      line = aheadLine;
      return;
    }
    token = read();
  }

  /** Returns the token after the current one, which stays. */
  int peek() {
    LuaString s = string;
    LuaNumber n = number;
    int l = line;
    aheadToken = read();
    aheadString = string;
    aheadNumber = number;
    aheadLine = line;
    string = s;
    number = n;
    line = l;
    peeked = true;
    return aheadToken;
  }

  private int read() {
    buffer.reset();
    for (; ; ) {
      if (isLetter(c)) {
        return word();
      }
      if (c >= '0' && c <= '9') {
        return number();
      }
      switch (c) {
        case '\n', '\r' -> newline();
        case ' ', '\t', 11, '\f' -> advance();
        case '-' -> {
          advance();
          if (c != '-') {
            return '-';
          }
          advance();
          comment();
        }
        case '[' -> {
          int level = bracket();
          if (level >= 0) {
            string = longString(level, "unfinished long string");
            return Token.STRING;
          }
          if (level == -1) {
            return '[';
          }
          throw error("invalid long string delimiter", Token.STRING);
        }
        case '"', '\'' -> {
          quoted(c);
          return Token.STRING;
        }
        case '.' -> {
          keep();
          if (c == '.') {
            keep();
            return follows('.', Token.DOTS, Token.CONCAT);
          }
          return c >= '0' && c <= '9' ? number() : '.';
        }
        case '=' -> {
          advance();
          return follows('=', Token.EQ, '=');
        }
        case '<' -> {
          advance();
          return follows('=', Token.LE, '<');
        }
        case '>' -> {
          advance();
          return follows('=', Token.GE, '>');
        }
        case '~' -> {
          advance();
          return follows('=', Token.NE, '~');
        }
        case ':' -> {
          advance();
          return follows(':', Token.LABEL, ':');
        }
        case END_OF_INPUT -> {
          return Token.EOF;
        }
        default -> {
          int single = c;
          advance();
          return single;
        }
      }
    }
  }

  private int follows(int second, int both, int one) {
    if (c != second) {
      return one;
    }
    advance();
    return both;
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  private void newline() {
    int first = c;
    advance();
    if ((c == '\n' || c == '\r') && c != first) {
      advance();
    }
    line++;
  }

  private int word() {
    do {
      keep();
    } while (isLetter(c) || c >= '0' && c <= '9');
    byte[] bytes = buffer.toByteArray();
    int keyword = Token.keyword(new String(bytes, StandardCharsets.ISO_8859_1));
    if (keyword == Token.NAME) {
      string = globals.intern(LuaString.valueUsing(bytes));
    }
    return keyword;
  }

  private int number() {
    int exponent = 'e';
    if (c == '0' && buffer.size() == 0) {
      keep();
      if ((c | 0x20) == 'x') {
        exponent = 'p';
      }
    }
    while (isLetter(c) || c >= '0' && c <= '9' || c == '.') {
      int before = c | 0x20;
      keep();
      if (before == exponent && (c == '-' || c == '+')) {
        keep();
      }
    }
    byte[] bytes = buffer.toByteArray();
    LuaValue value = NumberParser.parse(bytes, 0, bytes.length);
    if (value instanceof LuaNumber n) {
      number = n;
      return Token.NUMBER;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1).toUpperCase(java.util.Locale.ROOT);
    if (text.endsWith("LL") || text.endsWith("I")) {
      throw error("64 bit and complex number literals are not available", Token.NUMBER);
    }
    throw error("malformed number", Token.NUMBER);
  }

  private void comment() {
    if (c == '[') {
      int level = bracket();
      if (level >= 0) {
        longString(level, "unfinished long comment");
        buffer.reset();
        return;
      }
      buffer.reset();
    }
    while (c != END_OF_INPUT && c != '\n' && c != '\r') {
      advance();
    }
  }

  /** Reads a bracket and equals signs; answers the level, -1 for a lone bracket, -2 for neither. */
  private int bracket() {
    int first = c;
    keep();
    int level = 0;
    while (c == '=') {
      keep();
      level++;
    }
    return c == first ? level : level == 0 ? -1 : -2;
  }

  private LuaString longString(int level, String unfinished) {
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

  private void quoted(int quote) {
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
    string = globals.intern(LuaString.valueOf(bytes, 1, bytes.length - 2));
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
