package moonphase.http.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import moonphase.spi.Errno;
import moonphase.spi.Exchange;
import moonphase.spi.FilePath;
import moonphase.spi.Location;
import moonphase.spi.LogLevel;
import moonphase.spi.Template;

/**
 * A file whose name depends on the request; it is opened for each line unless {@code
 * open_log_file_cache} keeps it open, and only where the root directory of the request exists, so
 * that invented hosts make no files.
 *
 * <p>Source: nginx manual, "access_log"; ngx_http_log_script_write.
 *
 * @param name absolute
 */
record VariableSink(Template name) implements LogSink {
  @Override
  public void write(Exchange exchange, LogConf conf, String line) {
    if (!hasRoot(exchange)) {
      return;
    }
    String file = name.evaluate(exchange);
    try {
      OpenLogFiles cache = conf.openFiles();
      if (cache != null) {
        cache.append(file, line);
        return;
      }
      try (FileChannel channel = OpenLogFiles.open(FilePath.of(file))) {
        OpenLogFiles.write(channel, line);
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
