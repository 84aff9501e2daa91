package moonphase.http.autoindex;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.LogLevel;

/**
 * A file of a directory. Immutable.
 *
 * @param name one char for each byte
 * @param kind what it is, behind a link
 * @param modified seconds since the epoch
 * @param size bytes
 */
record Entry(String name, Kind kind, long modified, long size) {
  /** Directories first, then by the bytes of the name. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparing((Entry entry) -> entry.kind != Kind.DIRECTORY)
          .thenComparing(Entry::name);

  /** What a file is. */
  enum Kind {
    DIRECTORY("directory"),
    FILE("file"),
    OTHER("other");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** The files of a directory in order, hidden ones left out; blocks for the disk. */
  static List<Entry> list(Exchange exchange, DirectoryStream<Path> directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path path : directory) {
      String name = FilePath.name(Objects.requireNonNull(path.getFileName()));
      if (name.startsWith(".")) {
        continue;
      }
      try {
        entries.add(of(name, attributes(path)));
      } catch (AccessDeniedException hidden) {
        exchange.log().log(
            LogLevel.CRIT,
            "stat() \"" + FilePath.name(path) + "\" failed (" + Errno.of(hidden) + ")");
      }
    }
    entries.sort(ORDER);
    return entries;
  }

  /** What a link leads to, or the link itself if it leads nowhere. */
  private static BasicFileAttributes attributes(Path path) throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class);
    } catch (AccessDeniedException hidden) {
      throw hidden;
    } catch (IOException nowhere) {
      return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static Entry of(String name, BasicFileAttributes attributes) {
    Kind kind =
        attributes.isDirectory()
            ? Kind.DIRECTORY
            : attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
    return new Entry(
        name, kind, attributes.lastModifiedTime().to(TimeUnit.SECONDS), attributes.size());
  }
}
