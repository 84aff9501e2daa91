package moonphase.echo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import moonphase.spi.Chunk;
import moonphase.spi.Exchange;
import moonphase.spi.LogLevel;
import moonphase.spi.RequestBody;
import moonphase.spi.RequestHead;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads the client's body and gives it back. Worker thread. */
final class EchoBody {
  private EchoBody() {}

  static Verdict read(EchoRun run) {
    return run.await(done -> run.exchange().request().body().read(done));
  }

  /** Writes the body as it was read; nothing if it was not. */
  static Verdict write(EchoRun run) {
    RequestBody body = run.exchange().request().body();
    byte[] bytes = body.bytes();
    if (bytes != null) {
      return run.write(Chunk.of(bytes));
    }
    Path file = body.file();
    return file == null ? Verdict.OK : writeFile(run, file);
  }

  private static Verdict writeFile(EchoRun run, Path file) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      return run.write(
          new Chunk.FileSlice(
              channel, 0, channel.size(), () -> close(run.exchange(), channel), false, false));
    } catch (IOException e) {
      run.exchange().log().log(LogLevel.CRIT, "echo_request_body cannot read \"" + file + "\"", e);
      return Verdict.finish(500);
    }
  }

  private static void close(Exchange exchange, FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      exchange.log().log(LogLevel.ALERT, "a request body's file could not be closed", e);
    }
  }

  /** The body in memory as text; null if there is none. */
  static @Nullable String text(Exchange exchange) {
    byte[] bytes = exchange.request().body().bytes();
    return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Request line and fields as sent, without the empty line. */
  static String head(RequestHead head) {
    String raw = head.raw();
    return raw.endsWith("\r\n\r\n") ? raw.substring(0, raw.length() - 2) : raw;
  }
}
