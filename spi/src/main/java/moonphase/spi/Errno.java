package moonphase.spi;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.osgi.annotation.versioning.ProviderType;

/** Why the system refused a file, in the words of nginx's log lines. Any thread. */
@ProviderType
public enum Errno {
  /** Operation not permitted. */
  EPERM(1, "Operation not permitted"),
  /** No such file or directory. */
  ENOENT(2, "No such file or directory"),
  /** Resource temporarily unavailable. */
  EAGAIN(11, "Resource temporarily unavailable"),
  /** Permission denied. */
  EACCES(13, "Permission denied"),
  /** File exists. */
  EEXIST(17, "File exists"),
  /** Not a directory. */
  ENOTDIR(20, "Not a directory"),
  /** Is a directory. */
  EISDIR(21, "Is a directory"),
  /** Invalid argument: the name cannot be a file's. */
  EINVAL(22, "Invalid argument"),
  /** Too many open files in system. */
  ENFILE(23, "Too many open files in system"),
  /** Too many open files. */
  EMFILE(24, "Too many open files"),
  /** No space left on device. */
  ENOSPC(28, "No space left on device"),
  /** Read-only file system. */
  EROFS(30, "Read-only file system"),
  /** File name too long. */
  ENAMETOOLONG(36, "File name too long"),
  /** Function not implemented: the system's library does not have it. */
  ENOSYS(38, "Function not implemented"),
  /** Too many levels of symbolic links. */
  ELOOP(40, "Too many levels of symbolic links"),
  /** Network is unreachable. */
  ENETUNREACH(101, "Network is unreachable"),
  /** Connection refused. */
  ECONNREFUSED(111, "Connection refused"),
  /** No route to host. */
  EHOSTUNREACH(113, "No route to host"),
  /** Input/output error: anything else. */
  EIO(5, "Input/output error");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /** The cause of a failure; {@link #EIO} if it is none of the above. */
  public static Errno of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return ENOENT;
    }
    if (failure instanceof AccessDeniedException) {
      return EACCES;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return EEXIST;
    }
    String reason =
        failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
    for (Errno errno : values()) {
      if (reason != null && reason.startsWith(errno.text)) {
        return errno;
      }
    }
    return EIO;
  }

  /** The error of a number; {@link #EIO} if it is none of the above. */
  public static Errno of(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return errno;
      }
    }
    return EIO;
  }

  /** The cause of a name being refused before the system was asked. */
  public static Errno of(InvalidPathException failure) {
    return EINVAL;
  }

  /** The system's text, for example {@code No such file or directory}. */
  public String text() {
    return text;
  }

  /** For example {@code 2: No such file or directory}. */
  @Override
  public String toString() {
    return number + ": " + text;
  }
}
