package moonphase.launch;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The master process, as the JVM sees it: the pid file that holds its number, and the folder where
 * it looks for what became of us (see lib/master).
 *
 * <p>Threads: any. The kernel reports from its own, the master's words arrive on another, and what
 * they do to the files excludes each other. Nothing is called back while the monitor is held, and
 * no worker thread comes here.
 */
final class Master {
  private final CommandLine command;

  /** Where the pid file belongs. */
  private @Nullable Path pidFile;

  /** The pid file that is ours to remove: a start that failed leaves another server's alone. */
  private @Nullable Path written;

  /** Whether the process has become another user, who may not touch the pid file. */
  private boolean isLeft;

  Master(CommandLine command) {
    this.command = command;
  }

  /**
   * Takes note of the pid file's path; moves the file when one has been written.
   *
   * @return what went wrong, in nginx's words, or null
   */
  synchronized @Nullable String pidFile(String path) {
    pidFile = Path.of(path);
    return written == null || written.equals(pidFile) ? null : writePidFile(pidFile);
  }

  /**
   * Writes the pid file and tells the master that the sockets are bound.
   *
   * @return what went wrong, in nginx's words, or null
   */
  synchronized @Nullable String serving() {
    String problem = pidFile == null || pidFile.equals(written) ? null : writePidFile(pidFile);
    if (problem == null) {
      note("jvm/serving", "");
    }
    return problem;
  }

  /**
   * Does what only the user that started the server can: writes the pid file, gives the other one
   * what is written to later, and leaves word for the master.
   *
   * @param lines the other user, as {@code UID:GID}, and the paths of log files
   * @return what went wrong, in nginx's words, or null
   */
  synchronized @Nullable String leaving(List<String> lines) {
    String owner = lines.getFirst();
    int colon = owner.indexOf(':');
    note("logs", String.join("\n", lines.subList(1, lines.size())));
    note("owner", owner);
    try (Stream<Path> paths = Files.walk(command.work())) {
      for (Path path : paths.toList()) {
        Files.setAttribute(path, "unix:gid", Integer.valueOf(owner.substring(colon + 1)));
        Files.setAttribute(path, "unix:uid", Integer.valueOf(owner.substring(0, colon)));
      }
    } catch (IOException e) {
      return "chown(\"" + command.work() + "\") failed (" + reason(e) + ")";
    }
    String problem = pidFile == null ? null : writePidFile(pidFile);
    isLeft = true;
    return problem;
  }

  /** Removes the pid file and tells the master the exit status. */
  synchronized void ending(int status) {
    deletePidFile();
    if (command.hasMaster()) {
      note("jvm/done", Integer.toString(status));
    } else {
      deleteTemp();
    }
  }

  /** Cleans up in the place of a master that was killed. */
  synchronized void gone() {
    deletePidFile();
    deleteTemp();
  }

  private @Nullable String writePidFile(Path file) {
    long pid = command.hasMaster() ? command.master() : ProcessHandle.current().pid();
    try {
      Files.writeString(file, pid + "\n");
    } catch (IOException e) {
      return "open() \"" + file + "\" failed (" + reason(e) + ")";
    }
    deletePidFile();
    written = file;
    note("pid-path", file.toString());
    return null;
  }

  private void deletePidFile() {
    if (written != null && !isLeft) { // otherwise the master does it
      delete(written);
      written = null;
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      ErrorLine.write("alert", "unlink() \"" + file + "\" failed (" + reason(e) + ")");
    }
  }

  private void note(String name, String text) {
    if (!command.hasMaster()) {
      return;
    }
    try {
      Files.writeString(command.temp().resolve(name), text + "\n");
    } catch (IOException e) {
      ErrorLine.write("alert", "the master cannot be told \"" + name + "\": " + e.getMessage());
    }
  }

  private void deleteTemp() {
    try (Stream<Path> paths = Files.walk(command.temp())) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      ErrorLine.write("alert", "\"" + command.temp() + "\" is left behind: " + e.getMessage());
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "2: No such file or directory";
      case AccessDeniedException denied -> "13: Permission denied";
      default -> "5: Input/output error";
    };
  }
}
