package moonphase.http.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.StandardOpenOption;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.Location;
import moonphase.spi.LogLevel;
import moonphase.spi.Template;

/**
 * A file whose name depends on the request; it is opened for each line, and only where the root
 * directory of the request exists, so that invented hosts make no files.
 *
 * <p>Source: nginx manual, "access_log"; ngx_http_log_script_write.
 *
 * @param name absolute
 */
record VariableSink(Template name) implements LogSink {
  @Override
  public void write(Exchange exchange, String line) {
    if (!hasRoot(exchange)) {
      return;
    }
    String file = name.evaluate(exchange);
    try (FileChannel channel =
        FileChannel.open(
            FilePath.of(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException failure) {
      complain(exchange, file, Errno.of(failure));
    } catch (InvalidPathException impossible) {
      complain(exchange, file, Errno.of(impossible));
    }
  }

  private static void complain(Exchange exchange, String file, Errno errno) {
    exchange.log().log(LogLevel.CRIT, "open() \"" + file + "\" failed (" + errno + ")");
  }

  private static boolean hasRoot(Exchange exchange) {
    Location location = exchange.location();
    if (location.isAlias()) {
      return true;
    }
    String slashed = location.file("/");
    String root = slashed.substring(0, slashed.length() - 1);
    Errno errno;
    try {
      if (Files.isDirectory(FilePath.of(root))) {
        return true;
      }
      errno = Files.exists(FilePath.of(root)) ? Errno.ENOTDIR : Errno.ENOENT;
    } catch (InvalidPathException impossible) {
      errno = Errno.of(impossible);
    }
    exchange.log().log(LogLevel.ERROR, "testing \"" + root + "\" existence failed (" + errno + ")");
    return false;
  }
}
