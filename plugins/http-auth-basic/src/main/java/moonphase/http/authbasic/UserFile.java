package moonphase.http.authbasic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import moonphase.spi.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * The users of a file as it was when it was read. Immutable.
 *
 * @param modified its time of change
 * @param size its length in bytes
 * @param identity tells it from a file that was moved into its place
 * @param passwords by user; the first line of a user counts
 */
record UserFile(
    FileTime modified, long size, @Nullable Object identity, Map<String, String> passwords) {

  /** Reads a file, which blocks for the disk. */
  static UserFile read(String name) throws IOException {
    Path path = FilePath.of(name);
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Map<String, String> passwords = new HashMap<>();
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    for (String line : text.split("\n")) {
      String[] parts = line.split(":", 3);
      if (parts.length > 1 && !line.startsWith("#") && !line.startsWith("\r")) {
        int end = parts[1].indexOf('\r');
        passwords.putIfAbsent(parts[0], end < 0 ? parts[1] : parts[1].substring(0, end));
      }
    }
    return new UserFile(
        attributes.lastModifiedTime(), attributes.size(), attributes.fileKey(), passwords);
  }

  /** Whether the file under that name is still the one that was read. */
  boolean isCurrent(String name) throws IOException {
    BasicFileAttributes now = Files.readAttributes(FilePath.of(name), BasicFileAttributes.class);
    return now.lastModifiedTime().equals(modified)
        && now.size() == size
        && Objects.equals(now.fileKey(), identity);
  }

  /** The password of a user as it stands in the file; absent if the user does not. */
  Optional<String> password(String user) {
    return Optional.ofNullable(passwords.get(user));
  }
}
