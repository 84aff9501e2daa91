package moonphase.kernel.log;

import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import moonphase.spi.ConfException;
import moonphase.spi.Errno;
import moonphase.spi.FilePath;
import moonphase.spi.LogFile;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * The log files of the process: each is open once, whoever writes to it.
 *
 * <p>Threads: any thread.
 */
public final class LogFiles {
  /** The JDK makes several writes of a longer one, and other writers' lines could come between. */
  private static final int LONGEST_WRITE = 1024 * 1024;

  private final ConcurrentMap<Path, SharedFile> files = new ConcurrentHashMap<>();
  private final Set<SyslogPeer> peers = ConcurrentHashMap.newKeySet();
  private final LogFile stderr;

  /** Takes lines about syslog's sockets; there is no other place for them. */
  private volatile BiConsumer<LogLevel, String> complaints = (level, line) -> {};

  /** No file is open yet; what goes to the terminal goes to the process's own standard error. */
  public LogFiles() {
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    stderr = text -> write(err, text);
  }

  /**
   * No file is open yet.
   *
   * @param stderr takes what goes to the terminal
   */
  public LogFiles(LogFile stderr) {
    this.stderr = stderr;
  }

  /** A file by its absolute name, opened or not; lines for one that is not open are lost. */
  public LogFile at(Path path) {
    return files.computeIfAbsent(path.normalize(), SharedFile::new);
  }

  /**
   * The file of that name, opened to append, made if it is not there.
   *
   * @param path absolute
   * @throws ConfException in nginx's words if it cannot be opened
   */
  public LogFile open(Path path) {
    SharedFile file = files.computeIfAbsent(path.normalize(), SharedFile::new);
    try {
      file.open();
    } catch (IOException e) {
      throw new ConfException(failure(path, e), e);
    }
    return file;
  }

  private static String failure(Path path, IOException e) {
    return "open() \"" + FilePath.name(path) + "\" failed (" + Errno.of(e) + ")";
  }

  /** The files that are open. */
  public List<Path> paths() {
    return files.values().stream().filter(file -> file.out != null).map(f -> f.path).toList();
  }

  /** A syslog server of its own for each that asks. */
  public SyslogPeer syslog(SyslogPeer.Settings settings) {
    SyslogPeer peer = new SyslogPeer(settings, (level, line) -> complaints.accept(level, line));
    peers.add(peer);
    return peer;
  }

  /** Says where lines about syslog's sockets go. */
  public void complaints(BiConsumer<LogLevel, String> lines) {
    complaints = lines;
  }

  /** What is written to the terminal. */
  public LogFile stderr() {
    return stderr;
  }

  /**
   * Opens every file anew under its name, as after a rotation. One that cannot be opened goes on
   * being written where it was.
   *
   * @return why files could not be opened, a line each for level emerg; empty if all were
   */
  public List<String> reopen() {
    List<String> failures = new ArrayList<>();
    for (SharedFile file : files.values()) {
      try {
        file.reopen();
      } catch (IOException e) {
        failures.add(failure(file.path, e));
      }
    }
    return failures;
  }

  /** Closes every file; a line that comes later is lost. */
  public void close() {
    files.values().forEach(SharedFile::close);
    files.clear();
    peers.forEach(SyslogPeer::close);
    peers.clear();
  }

  /** Closes the files that are not among those still used. */
  public void closeOthers(Set<LogFile> used) {
    for (SharedFile file : files.values()) {
      if (!used.contains(file) && files.remove(file.path, file)) {
        file.close();
      }
    }
    for (SyslogPeer peer : peers) {
      if (!used.contains(peer) && peers.remove(peer)) {
        peer.close();
      }
    }
  }

  private static @Nullable Errno write(OutputStream out, String text) {
    try {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      return null;
    } catch (IOException e) {
      return Errno.of(e);
    }
  }

  /**
   * One file. The stream appends, so that a line is one write of the system; it is no channel,
   * which an interrupted thread would close for everybody.
   */
  private static final class SharedFile implements LogFile {
    private final Path path;
    private volatile @Nullable OutputStream out;

    private SharedFile(Path path) {
      this.path = path;
    }

    private void open() throws IOException {
      if (out == null) {
        out = stream();
      }
    }

    private OutputStream stream() throws IOException {
      // opened this way first because it tells why it fails
      Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      try {
        return new FileOutputStream(path.toFile(), true);
      } catch (FileNotFoundException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    private void reopen() throws IOException {
      OutputStream old = out;
      if (old != null) {
        out = stream();
        old.close();
      }
    }

    private void close() {
      OutputStream old = out;
      out = null;
      try {
        if (old != null) {
          old.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public @Nullable Errno write(String latin1) {
      if (latin1.length() > LONGEST_WRITE) {
        int end = latin1.lastIndexOf('\n', LONGEST_WRITE - 1) + 1;
        end = end == 0 ? LONGEST_WRITE : end;
        Errno failure = write(latin1.substring(0, end));
        return failure != null ? failure : write(latin1.substring(end));
      }
      byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
      for (OutputStream now = out; now != null; ) {
        try {
          now.write(bytes);
          return null;
        } catch (IOException e) {
          if (now == out) {
            return Errno.of(e);
          }
          now = out; // reopened meanwhile
        }
      }
      return null;
    }
  }
}
