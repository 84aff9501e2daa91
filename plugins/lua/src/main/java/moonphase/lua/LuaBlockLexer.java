package moonphase.lua;

import moonphase.spi.BlockLexer;

/**
 * Finds the brace that closes a block of Lua: braces in strings, long brackets and comments do not
 * count. Stateless, any thread.
 *
 * <p>Source: ngx_http_lua_lex.c; its messages are ngx_http_lua_conf_lua_block_parse's.
 */
public final class LuaBlockLexer implements BlockLexer {
  /** The lexer. */
  public static final LuaBlockLexer INSTANCE = new LuaBlockLexer();

  private static final String END_OF_FILE =
      "unexpected end of file, expecting terminating characters for lua code block";

  private LuaBlockLexer() {}

  @Override
  public int end(CharSequence text, int start) {
    int depth = 1;
    int i = start;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case '{' -> {
          depth++;
          i++;
        }
        case '}' -> {
          if (--depth == 0) {
            return i;
          }
          i++;
        }
        case '"', '\'' -> i = quoted(text, i);
        case '[' -> i = longBracket(text, i, i + 1);
        case '-' -> i = charAt(text, i + 1) == '-' ? comment(text, i + 2) : i + 1;
        default -> i++;
      }
    }
    throw new IllegalArgumentException(END_OF_FILE);
  }

  /** The index behind a quoted string; a string may not be cut by the end of the file. */
  private static int quoted(CharSequence text, int start) {
    char quote = text.charAt(start);
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException(END_OF_FILE);
  }

  private static int comment(CharSequence text, int start) {
    if (charAt(text, start) == '[') {
      int end = longBracket(text, start, -1);
      if (end >= 0) {
        return end;
      }
    }
    int i = start;
    while (i < text.length() && text.charAt(i) != '\n') {
      i++;
    }
    return i;
  }

  /** The index behind a long bracket that opens at {@code start}; {@code none} if it is none. */
  private static int longBracket(CharSequence text, int start, int none) {
    int i = start + 1;
    while (charAt(text, i) == '=') {
      i++;
    }
    if (charAt(text, i) != '[') {
      return none;
    }
    String close = "]" + "=".repeat(i - start - 1) + "]";
    int end = text.toString().indexOf(close, i + 1);
    if (end < 0) {
      throw new IllegalArgumentException(
          "Lua code block missing the closing long bracket \""
              + close
              + "\", the inlined Lua code may be too long");
    }
    return end + close.length();
  }

  private static char charAt(CharSequence text, int i) {
    return i < text.length() ? text.charAt(i) : 0;
  }
}
