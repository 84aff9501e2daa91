package moonphase.http.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import moonphase.spi.Errno;
import moonphase.spi.FilePath;

/**
 * What the disk says about a name.
 *
 * @param attributes absent if there is no such file
 * @param errno absent if there is
 */
record FileLookup(Optional<BasicFileAttributes> attributes, Optional<Errno> errno) {

  /** Asks for a name of Latin-1 chars, which blocks for the disk. */
  static FileLookup of(String name) {
    try {
      return new FileLookup(
          Optional.of(Files.readAttributes(FilePath.of(name), BasicFileAttributes.class)),
          Optional.empty());
    } catch (IOException failure) {
      return new FileLookup(Optional.empty(), Optional.of(Errno.of(failure)));
    } catch (InvalidPathException impossible) {
      return new FileLookup(Optional.empty(), Optional.of(Errno.of(impossible)));
    }
  }

  /** Whether the name is a directory's. */
  boolean isDirectory() {
    return attributes.isPresent() && attributes.get().isDirectory();
  }
}
