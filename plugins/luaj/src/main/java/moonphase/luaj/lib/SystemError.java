package moonphase.luaj.lib;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A failure of the system as C's {@code errno} and {@code strerror} put it, with Linux's numbers.
 *
 * @param text what strerror says
 * @param number errno
 */
record SystemError(String text, int number) {
  static final SystemError BAD_FILE = new SystemError("Bad file descriptor", 9);
  static final SystemError INVALID = new SystemError("Invalid argument", 22);
  private static final SystemError ABSENT = new SystemError("No such file or directory", 2);
  private static final SystemError DENIED = new SystemError("Permission denied", 13);
  private static final SystemError DIRECTORY = new SystemError("Is a directory", 21);
  private static final String OTHER = "Input/output error";

  /** Returns the error behind an exception of Java's file system. */
  static SystemError of(IOException e) {
    return switch (e) {
      case NoSuchFileException x -> ABSENT;
      case AccessDeniedException x -> DENIED;
      case FileAlreadyExistsException x -> named("File exists");
      case DirectoryNotEmptyException x -> named("Directory not empty");
      case NotDirectoryException x -> named("Not a directory");
      case FileSystemException x -> named(x.getReason());
      default -> named(e.getMessage());
    };
  }

  private static SystemError named(String text) {
    Integer number = text == null ? null : NUMBERS.get(text);
    return number == null ? new SystemError(OTHER, 5) : new SystemError(text, number);
  }

  /** Tells whether the failure was to find or open a file, not to read it. */
  boolean isAboutOpening() {
    return !equals(DIRECTORY) && !text.equals(OTHER);
  }

  /** Returns {@code nil, "name: text", errno}; without a name the text alone. */
  Varargs results(LuaString name) {
    LuaString message = LuaString.valueOf(name == null ? text : name.tojstring() + ": " + text);
    return LuaValue.varargsOf(LuaValue.NIL, LuaValue.varargsOf(message, LuaValue.valueOf(number)));
  }

  /** Returns the path of a name of Lua's, which ends at its first zero byte as in C. */
  static Path path(LuaString name) throws IOException {
    int end = name.indexOf((byte) 0, 0);
    String text = (end < 0 ? name : name.substring(0, end)).tojstring();
    try {
      if (text.isEmpty()) {
        throw new NoSuchFileException(text);
      }
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(text);
    }
  }

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("Operation not permitted", 1),
          Map.entry("No such file or directory", 2),
          Map.entry("Input/output error", 5),
          Map.entry("Bad file descriptor", 9),
          Map.entry("Permission denied", 13),
          Map.entry("Device or resource busy", 16),
          Map.entry("File exists", 17),
          Map.entry("Invalid cross-device link", 18),
          Map.entry("Not a directory", 20),
          Map.entry("Is a directory", 21),
          Map.entry("Invalid argument", 22),
          Map.entry("Too many open files in system", 23),
          Map.entry("Too many open files", 24),
          Map.entry("Text file busy", 26),
          Map.entry("File too large", 27),
          Map.entry("No space left on device", 28),
          Map.entry("Illegal seek", 29),
          Map.entry("Read-only file system", 30),
          Map.entry("Broken pipe", 32),
          Map.entry("File name too long", 36),
          Map.entry("Directory not empty", 39),
          Map.entry("Too many levels of symbolic links", 40));
}
