package org.luaj.vm2.compiler;

import java.nio.charset.StandardCharsets;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.NumberParser;

/**
 * Splits a chunk into tokens.
 *
 * <p>Bytes from 128 on are letters, as for the target, so that UTF-8 names work.
 */
final class Lexer extends CharacterScanner {
  /** The current token, its text and its value. */
  int token;

  LuaString string;
  LuaNumber number;

  /** The line of the token before; that of the current token's end is {@link #line}. */
  int lastLine = 1;

  private boolean peeked;
  private int aheadToken;
  private LuaString aheadString;
  private LuaNumber aheadNumber;
  private int aheadLine;

  Lexer(Globals globals, LuaString source, LuaString name) {
    super(globals, source, name);
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
          string = quoted(c);
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
}
