package moonphase.kernel.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import moonphase.spi.LogFile;

/**
 * The log files of the process: each is open once, whoever writes to it.
 *
 * <p>Threads: any thread. A line is one write to a channel opened for appending, so that lines of
 * several threads do not mix, and a line under way when the files are reopened goes to the old one.
 */
public final class LogFiles {
  private final Map<Path, OpenFile> files = new ConcurrentHashMap<>();
  private final LogFile stderr = new StandardError();

  /** No file is open yet. */
  public LogFiles() {}

  /**
   * The file of that name, opened to append, made if it is not there.
   *
   * @param path absolute
   * @throws UncheckedIOException if it cannot be opened
   */
  public LogFile open(Path path) {
    return files.computeIfAbsent(path.normalize(), OpenFile::new);
  }

  /** What is written to the standard error output of the process. */
  public LogFile stderr() {
    return stderr;
  }

  /** Opens every file anew under its name, as after a rotation; one that fails stays open. */
  public void reopen() {
    files.values().forEach(OpenFile::reopen);
  }

  /** Closes every file; a line that comes later is lost. */
  public void close() {
    files.values().forEach(OpenFile::close);
    files.clear();
  }

  private static final class OpenFile implements LogFile {
    private final Path path;
    private volatile FileChannel channel;

    OpenFile(Path path) {
      this.path = path;
      this.channel = opened(path);
    }

    private static FileChannel opened(Path path) {
      try {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void write(String latin1) {
      ByteBuffer bytes = ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      } catch (IOException full) {
        System.err.print(latin1); // the last place where it can be seen
      }
    }

    void reopen() {
      FileChannel before = channel;
      try {
        channel = opened(path);
        before.close();
      } catch (UncheckedIOException | IOException e) {
        write("reopening \"" + path + "\" failed: " + e.getMessage() + "\n");
      }
    }

    void close() {
      try {
        channel.close();
      } catch (IOException e) {
        System.err.println("closing \"" + path + "\" failed: " + e.getMessage());
      }
    }
  }

  private static final class StandardError implements LogFile {
    private final FileChannel channel = new FileOutputStream(FileDescriptor.err).getChannel();

    @Override
    public void write(String latin1) {
      try {
        channel.write(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)));
      } catch (IOException gone) {
        return; // the terminal was closed; there is nobody left to tell
      }
    }
  }
}
