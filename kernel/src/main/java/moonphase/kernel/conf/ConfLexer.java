package moonphase.kernel.conf;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.ConfException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a text of the configuration apart into statements, one at a time, so that the first error
 * in the order of the text is the one that is reported. For one thread.
 *
 * <p>Source: ngx_conf_read_token.
 */
final class ConfLexer {
  /** What ended a statement. */
  enum End {
    /** A semicolon; there are words. */
    SEMICOLON,
    /** An opening brace; there are words. */
    OPEN,
    /** A closing brace; there are no words. */
    CLOSE,
    /** The end of the text; there are no words. */
    TEXT
  }

  /** No word may be longer: beyond it a quote is missing rather than a word long. */
  private static final int LONGEST_WORD = 4096;

  private final String path;
  private final String text;
  private int pos;
  private int line = 1;
  private List<String> words = new ArrayList<>();
  private int firstLine;

  /**
   * Begins at the start of a text.
   *
   * @param path the absolute name of the file; empty for the command line
   */
  ConfLexer(String path, String text) {
    this.path = path;
    this.text = text;
  }

  /** The absolute name of the file; empty for the command line. */
  String path() {
    return path;
  }

  /** Whether the text comes from the command line, so that it has no lines and no blocks. */
  boolean isCommandLine() {
    return path.isEmpty();
  }

  String text() {
    return text;
  }

  /** The index of the next char. */
  int position() {
    return pos;
  }

  /** The line of the next char, from 1. */
  int line() {
    return line;
  }

  /** The words of the last statement. */
  List<String> words() {
    return words;
  }

  /** The line of the first word of the last statement. */
  int firstLine() {
    return firstLine;
  }

  /** Goes on behind a raw block. */
  void skipTo(int index) {
    for (; pos < index; pos++) {
      if (text.charAt(pos) == '\n') {
        line++;
      }
    }
  }

  /** An error that names the place; the caller throws it. */
  ConfException error(String message) {
    return error(message, line);
  }

  /** An error that names a line; the caller throws it. */
  ConfException error(String message, int where) {
    return new ConfException(message + place(where));
  }

  /** The place as messages name it, with a space before. */
  String place(int where) {
    return isCommandLine() ? " in command line" : " in " + path + ":" + where;
  }

  /** Reads the next statement. */
  End next() {
    words = new ArrayList<>(4);
    boolean comment = false;
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (c == '\n') {
        line++;
        comment = false;
      }
      if (comment || isSpace(c)) {
        pos++;
        continue;
      }
      switch (c) {
        case '#' -> {
          comment = true;
          pos++;
        }
        case ';', '{', '}' -> {
          pos++;
          if (words.isEmpty() == (c != '}')) {
            throw error("unexpected \"" + c + "\"");
          }
          return c == ';' ? End.SEMICOLON : c == '{' ? End.OPEN : End.CLOSE;
        }
        default -> {
          if (words.isEmpty()) {
            firstLine = line;
          }
          End end = c == '"' || c == '\'' ? quoted(c) : bare();
          if (end != null) {
            return end;
          }
        }
      }
    }
    if (!words.isEmpty()) {
      throw cut();
    }
    return End.TEXT;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private ConfException cut() {
    return isCommandLine()
        ? error("unexpected end of parameter, expecting \";\"")
        : error("unexpected end of file, expecting \";\" or \"}\"");
  }

  /** Reads a quoted word and what must follow it; null: the statement goes on. */
  private @Nullable End quoted(char quote) {
    int begun = line;
    int start = ++pos;
    boolean variable = false;
    for (; ; pos++) {
      checkLength(start, begun, quote);
      char c = text.charAt(pos);
      if (c == '\n') {
        line++;
      }
      if (c == '{' && variable) {
        continue;
      }
      variable = c == '$';
      if (c == '\\') {
        pos++;
        checkLength(start, begun, quote);
        line += text.charAt(pos) == '\n' ? 1 : 0;
      } else if (c == quote) {
        break;
      }
    }
    words.add(unescape(text.substring(start, pos++)));
    return afterQuote();
  }

  private @Nullable End afterQuote() {
    if (pos == text.length()) {
      throw cut();
    }
    char c = text.charAt(pos++);
    switch (c) {
      case ';':
        return End.SEMICOLON;
      case '{':
        return End.OPEN;
      case '\n':
        line++;
        return null;
      case ' ', '\t', '\r':
        return null;
      case ')':
        pos--; // a word of its own, as the end of an if
        return bare();
      default:
        throw error("unexpected \"" + c + "\"");
    }
  }

  /** Reads a word up to a space, a semicolon or a brace; null: the statement goes on. */
  private @Nullable End bare() {
    int begun = line;
    int start = pos;
    boolean variable = false;
    for (; ; pos++) {
      checkLength(start, begun, '\0');
      char c = text.charAt(pos);
      if (c == '{' && variable) {
        continue;
      }
      variable = c == '$';
      if (c == '\\') {
        pos++;
        checkLength(start, begun, '\0');
        line += text.charAt(pos) == '\n' ? 1 : 0;
      } else if (isSpace(c) || c == ';' || c == '{') {
        words.add(unescape(text.substring(start, pos++)));
        if (c == '\n') {
          line++;
        }
        return c == ';' ? End.SEMICOLON : c == '{' ? End.OPEN : null;
      }
    }
  }

  private void checkLength(int start, int begun, char quote) {
    if (pos >= text.length()) {
      throw cut();
    }
    if (pos - start >= LONGEST_WORD && !isCommandLine()) {
      throw quote == '\0'
          ? error(
              "too long parameter \"" + text.substring(start, start + 10) + "...\" started", begun)
          : error(
              "too long parameter, probably missing terminating \"" + quote + "\" character",
              begun);
    }
  }

  private static String unescape(String word) {
    if (word.indexOf('\\') < 0) {
      return word;
    }
    StringBuilder plain = new StringBuilder(word.length());
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      char next = c == '\\' && i + 1 < word.length() ? word.charAt(i + 1) : '\0';
      switch (next) {
        case '"', '\'', '\\' -> plain.append(next);
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case 'n' -> plain.append('\n');
        default -> {
          plain.append(c);
          continue;
        }
      }
      i++;
    }
    return plain.toString();
  }
}
