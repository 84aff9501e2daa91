package moonphase.http.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import moonphase.spi.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * {@code open_log_file_cache}: logs with variables in their names that stay open. A file that was
 * moved away is noticed after {@code valid}; one that is not written to any more is closed after
 * {@code inactive}, or when there are too many.
 *
 * <p>Threads: workers; {@link #lock} guards the files.
 *
 * <p>Source: nginx manual, "open_log_file_cache"; ngx_open_cached_file.
 */
final class OpenLogFiles {
  private final Parameters parameters;
  private final ReentrantLock lock = new ReentrantLock();

  /** By name; the one that was used longest ago comes first. */
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * What the directive says; times are seconds.
   *
   * @param max how many files may be open
   * @param inactive after how long a file that is not written to is closed
   * @param minUses how often a file is written to before it stays open
   * @param valid after how long it is checked that the file still has its name
   */
  record Parameters(int max, long inactive, int minUses, long valid) {}

  /** A name that was written to; not open as long as it was not used often enough. */
  private static final class Entry {
    private @Nullable FileChannel channel;
    private @Nullable Object identity;
    private int uses;
    private long checked;
    private long used;
  }

  OpenLogFiles(Parameters parameters) {
    this.parameters = parameters;
  }

  private static long now() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
  }

  /** Opens a file to append, making it if it is not there. */
  static FileChannel open(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** Writes the whole of a line. */
  static void write(FileChannel channel, String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Appends a line to a file. */
  void append(String name, String line) throws IOException {
    Path path = FilePath.of(name);
    lock.lock();
    try {
      Entry entry = entries.computeIfAbsent(name, n -> new Entry());
      entry.uses++;
      entry.used = now();
      try {
        write(channel(entry, path), line);
      } catch (IOException e) {
        close(entry);
        entries.remove(name);
        throw e;
      }
      if (entry.uses < parameters.minUses) {
        close(entry);
      }
      expire();
    } finally {
      lock.unlock();
    }
  }

  private FileChannel channel(Entry entry, Path path) throws IOException {
    FileChannel known = entry.channel;
    if (known != null && entry.used - entry.checked >= parameters.valid) {
      entry.checked = entry.used;
      if (!isStill(entry, path)) {
        close(entry);
        known = null;
      }
    }
    if (known == null) {
      known = open(path);
      entry.channel = known;
      entry.identity = identity(path);
      entry.checked = entry.used;
    }
    return known;
  }

  private static boolean isStill(Entry entry, Path path) throws IOException {
    try {
      Object identity = identity(path);
      return identity != null && identity.equals(entry.identity);
    } catch (NoSuchFileException moved) {
      return false;
    }
  }

  private static @Nullable Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  private void expire() {
    long oldest = now() - parameters.inactive;
    Iterator<Entry> all = entries.values().iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (entry.used > oldest && entries.size() <= parameters.max) {
        return;
      }
      close(entry);
      all.remove();
    }
  }

  private static void close(Entry entry) {
    FileChannel channel = entry.channel;
    entry.channel = null;
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Closes every file; one that is written to later is opened anew. */
  void close() {
    lock.lock();
    try {
      entries.values().forEach(OpenLogFiles::close);
      entries.clear();
    } finally {
      lock.unlock();
    }
  }

  /** How many names are known. */
  int size() {
    lock.lock();
    try {
      return entries.size();
    } finally {
      lock.unlock();
    }
  }
}
