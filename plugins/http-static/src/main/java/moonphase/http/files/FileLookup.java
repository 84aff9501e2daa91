package moonphase.http.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;

/**
 * What the disk says about the file of a URI. A file outside of the location's root is not asked
 * for: it does not exist.
 *
 * <p>Deviation: nginx leaves the root if a rewrite, or an alias without a slash at its end, puts
 * dots together; here such a path is refused.
 *
 * @param file the file's name
 * @param attributes absent if it cannot be had
 * @param errno why not; absent if it can
 */
record FileLookup(String file, Optional<BasicFileAttributes> attributes, Optional<Errno> errno) {

  /** Asks for the file that a URI stands for, which blocks for the disk. Worker thread. */
  static FileLookup of(Exchange exchange, String uri) {
    return of(exchange, uri, "");
  }

  /** The same with something behind the file's name, which has no slash in it. */
  static FileLookup of(Exchange exchange, String uri, String suffix) {
    String file = exchange.location().file(uri) + suffix;
    if (!exchange.location().contains(uri, file)) {
      return refused(file, Errno.ENOENT);
    }
    try {
      Path path = FilePath.of(file);
      Optional<Errno> refusal = exchange.conf(StaticConf.KEY).symlinkRule().refusal(exchange, file);
      if (refusal.isPresent()) {
        return refused(file, refusal.get());
      }
      return new FileLookup(
          file,
          Optional.of(Files.readAttributes(path, BasicFileAttributes.class)),
          Optional.empty());
    } catch (IOException failure) {
      return refused(file, Errno.of(failure));
    } catch (InvalidPathException impossible) {
      return refused(file, Errno.of(impossible));
    }
  }

  private static FileLookup refused(String file, Errno errno) {
    return new FileLookup(file, Optional.empty(), Optional.of(errno));
  }

  /** Whether it is a directory. */
  boolean isDirectory() {
    return attributes.isPresent() && attributes.get().isDirectory();
  }

  /**
   * Why the file cannot be had, for a log line; the JDK's question for attributes does not tell a
   * file that is missing from one below a file, opening it does.
   */
  Errno reason() {
    Errno known = errno.orElse(Errno.EIO);
    if (known != Errno.ENOENT) {
      return known;
    }
    try {
      FileChannel.open(FilePath.of(file)).close();
      return known;
    } catch (NoSuchFileException missing) {
      return known;
    } catch (IOException failure) {
      return Errno.of(failure);
    }
  }
}
