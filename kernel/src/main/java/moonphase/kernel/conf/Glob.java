package moonphase.kernel.conf;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import moonphase.spi.FilePath;

/** File names by pattern, as glob(3): star, question mark, brackets. Stateless; blocks on files. */
final class Glob {
  private Glob() {}

  static boolean isPattern(String name) {
    return name.indexOf('*') >= 0 || name.indexOf('?') >= 0 || name.indexOf('[') >= 0;
  }

  /** The names among these that match, in byte order. */
  static List<String> matching(String pattern, Collection<String> names) {
    String[] wanted = pattern.split("/", -1);
    List<String> found = new ArrayList<>();
    for (String name : names) {
      String[] segments = name.split("/", -1);
      boolean matches = segments.length == wanted.length;
      for (int i = 0; matches && i < segments.length; i++) {
        matches = matches(wanted[i], segments[i]);
      }
      if (matches) {
        found.add(name);
      }
    }
    Collections.sort(found);
    return found;
  }

  /**
   * The files that match, in byte order; a folder that cannot be read has none.
   *
   * @param pattern absolute
   */
  static List<String> files(String pattern) {
    List<String> found = List.of("");
    String[] segments = pattern.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      List<String> next = new ArrayList<>();
      for (String folder : found) {
        if (!isPattern(segments[i])) {
          next.add(folder + "/" + segments[i]);
        } else {
          list(folder, segments[i], next);
        }
      }
      found = next;
    }
    List<String> existing = new ArrayList<>();
    for (String file : found) {
      if (exists(file)) {
        existing.add(file);
      }
    }
    Collections.sort(existing);
    return existing;
  }

  private static boolean exists(String file) {
    try {
      return Files.exists(FilePath.of(file));
    } catch (InvalidPathException e) {
      return false; // the system has no file of such a name
    }
  }

  private static void list(String folder, String pattern, List<String> found) {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(FilePath.of(folder.isEmpty() ? "/" : folder))) {
      for (Path entry : entries) {
        String name = FilePath.name(entry.getFileName());
        if (matches(pattern, name)) {
          found.add(folder + "/" + name);
        }
      }
    } catch (IOException | InvalidPathException unreadable) {
      return; // glob(3) skips it as well
    }
  }

  private static boolean matches(String pattern, String name) {
    return !(name.startsWith(".") && !pattern.startsWith(".")) && matches(pattern, 0, name, 0);
  }

  private static boolean matches(String pattern, int p, String name, int n) {
    if (p == pattern.length()) {
      return n == name.length();
    }
    char c = pattern.charAt(p);
    if (c == '*') {
      for (int i = n; i <= name.length(); i++) {
        if (matches(pattern, p + 1, name, i)) {
          return true;
        }
      }
      return false;
    }
    if (n == name.length()) {
      return false;
    }
    int close = c == '[' ? pattern.indexOf(']', p + 2) : -1;
    if (close > 0) {
      return isInSet(pattern.substring(p + 1, close), name.charAt(n))
          && matches(pattern, close + 1, name, n + 1);
    }
    int literal = c == '\\' && p + 1 < pattern.length() ? p + 1 : p;
    return (c == '?' || pattern.charAt(literal) == name.charAt(n))
        && matches(pattern, literal + 1, name, n + 1);
  }

  private static boolean isInSet(String set, char c) {
    boolean negated = set.startsWith("!") || set.startsWith("^");
    boolean found = false;
    for (int i = negated ? 1 : 0; i < set.length(); i++) {
      if (i + 2 < set.length() && set.charAt(i + 1) == '-') {
        found |= c >= set.charAt(i) && c <= set.charAt(i + 2);
        i += 2;
      } else {
        found |= c == set.charAt(i);
      }
    }
    return found != negated;
  }
}
