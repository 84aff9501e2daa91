package moonphase.http.rewrite;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/** A test of {@code if} about a file: {@code -f}, {@code -d}, {@code -e}, {@code -x}. */
enum FileTest {
  FILE("f", Files::isRegularFile),
  DIRECTORY("d", Files::isDirectory),
  EXISTENCE("e", Files::exists),
  EXECUTABLE("x", Files::isExecutable);

  private final String letter;
  private final Predicate<Path> predicate;

  FileTest(String letter, Predicate<Path> predicate) {
    this.letter = letter;
    this.predicate = predicate;
  }

  /** The test of a letter; null if there is none. */
  static @Nullable FileTest of(String letter) {
    for (FileTest test : values()) {
      if (test.letter.equals(letter)) {
        return test;
      }
    }
    return null;
  }

  /** Whether it holds for a file; a name that cannot be a file's holds for nothing. */
  boolean holds(Exchange exchange, String name) {
    try {
      return predicate.test(FilePath.of(name));
    } catch (InvalidPathException impossible) {
      exchange.log().log(LogLevel.CRIT, "stat() \"" + name + "\" failed (22: Invalid argument)");
      return false;
    }
  }
}
