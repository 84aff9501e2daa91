package moonphase.luaj.lib;

import java.io.IOException;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What {@code read} and {@code lines} take from a file. Source: Lua 5.1 manual 5.7, file:read. */
final class FileReading {
  private static final int LONGEST_NUMBER = 200;

  private FileReading() {}

  /**
   * Reads by formats.
   *
   * @param args the formats, after so many other arguments
   * @return a value for each format up to the first that fails, which gives nil; or nil, text,
   *     errno
   */
  static Varargs read(LuaFile file, Varargs args, int skipped) {
    try {
      int n = args.narg() - skipped;
      if (n <= 0) {
        LuaString line = file.readLine(false);
        return line == null ? LuaValue.NIL : line;
      }
      LuaValue[] results = new LuaValue[n];
      for (int i = 0; i < n; i++) {
        LuaValue value = read(file, args.arg(skipped + i + 1), skipped + i + 1);
        results[i] = value == null ? LuaValue.NIL : value;
        if (value == null) {
          return LuaValue.varargsOf(results, 0, i + 1);
        }
      }
      return LuaValue.varargsOf(results);
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  private static LuaValue read(LuaFile file, LuaValue format, int argument) throws IOException {
    if (format instanceof LuaNumber n) {
      int count = Arguments.integer(n.todouble());
      if (count < 0) {
        throw ByteBuilder.tooLarge();
      }
      Globals.current().checkStringLength(count);
      return file.read(count);
    }
    if (!(format instanceof LuaString s)) {
      throw LuaError.argument(argument, "invalid option");
    }
    int at = s.m_length > 0 && s.luaByte(0) == '*' ? 1 : 0;
    switch (at < s.m_length ? s.luaByte(at) : 0) {
      case 'n':
        return number(file);
      case 'l':
        return file.readLine(false);
      case 'L':
        return file.readLine(true);
      case 'a':
        return file.readAll();
      default:
        throw LuaError.argument(argument, "invalid format");
    }
  }

  /** Takes the longest text that begins a number, as C's scanf does; null where it is none. */
  private static LuaValue number(LuaFile file) throws IOException {
    while (isSpace(file.peek())) {
      file.skip();
    }
    StringBuilder text = new StringBuilder();
    if (file.peek() == '-' || file.peek() == '+') {
      take(file, text);
    }
    int c = file.peek();
    if (c == 'i' || c == 'I' || c == 'n' || c == 'N') {
      while (Character.isLetter(file.peek()) && text.length() < LONGEST_NUMBER) {
        take(file, text);
      }
    } else {
      digits(file, text);
    }
    String number = text.toString();
    if (number.matches("[-+]?(0[xX])?[0-9a-fA-F.]*[0-9a-fA-F.][eEpP][-+]?")) {
      number = number.replaceFirst("[eEpP][-+]?$", "");
    }
    LuaValue value =
        LuaString.valueOf(number.startsWith("+") ? number.substring(1) : number).tonumber();
    return value.isnil() ? null : value;
  }

  private static void digits(LuaFile file, StringBuilder text) throws IOException {
    boolean hexadecimal = false;
    if (file.peek() == '0') {
      take(file, text);
      hexadecimal = file.peek() == 'x' || file.peek() == 'X';
      if (hexadecimal) {
        take(file, text);
      }
    }
    boolean point = false;
    int c = file.peek();
    while (text.length() < LONGEST_NUMBER && (isDigit(c, hexadecimal) || c == '.' && !point)) {
      point |= c == '.';
      take(file, text);
      c = file.peek();
    }
    if (c >= 0 && (c | 32) == (hexadecimal ? 'p' : 'e') && !text.isEmpty()) {
      take(file, text);
      if (file.peek() == '-' || file.peek() == '+') {
        take(file, text);
      }
      while (text.length() < LONGEST_NUMBER && isDigit(file.peek(), false)) {
        take(file, text);
      }
    }
  }

  private static void take(LuaFile file, StringBuilder text) throws IOException {
    text.append((char) file.peek());
    file.skip();
  }

  private static boolean isDigit(int c, boolean hexadecimal) {
    return c >= 0 && (ByteClass.OF[c] & (hexadecimal ? ByteClass.HEX : ByteClass.DIGIT)) != 0;
  }

  private static boolean isSpace(int c) {
    return c >= 0 && (ByteClass.OF[c] & ByteClass.SPACE) != 0;
  }
}
