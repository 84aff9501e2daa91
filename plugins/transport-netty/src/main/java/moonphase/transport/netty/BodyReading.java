package moonphase.transport.netty;

import java.util.function.BiConsumer;
import moonphase.spi.Chunk;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * Hands what arrives of a request's body to who takes it, and watches that more arrives in time.
 * Worker thread only.
 *
 * <p>Source: ngx_http_request_body.c.
 */
final class BodyReading {
  private final Arrivals arrivals;
  private final Deadline deadline;
  private final BiConsumer<LogLevel, String> notes;

  /**
   * The reading of bodies on a connection.
   *
   * @param deadline set while more is waited for, cleared while nobody waits
   * @param notes takes lines for the error log
   */
  BodyReading(Arrivals arrivals, Deadline deadline, BiConsumer<LogLevel, String> notes) {
    this.arrivals = arrivals;
    this.deadline = deadline;
    this.notes = notes;
  }

  /**
   * Takes one step; false if nothing can be done before something else happens.
   *
   * @param stream the request under way; null for none
   */
  boolean step(@Nullable Http1Stream stream) {
    if (stream == null || !stream.wantsBody()) {
      deadline.clear();
      return false;
    }
    if (stream.body().isComplete()) {
      stream.deliver(Chunk.LAST);
    } else if (stream.body().isTooLarge()) {
      stream.failBody(413);
    } else if (stream.body().isBad()) {
      notes.accept(LogLevel.ERROR, "client sent invalid chunked body");
      stream.failBody(400);
    } else if (!arrivals.isEmpty()) {
      Chunk piece = stream.body().decode(arrivals.buffer());
      if (piece != null) {
        stream.deliver(piece);
      }
    } else if (arrivals.isEnded()) {
      notes.accept(LogLevel.INFO, "client prematurely closed connection");
      stream.failBody(499);
    } else {
      deadline.set(stream.bodyTimeoutMillis());
      return false;
    }
    return true;
  }
}
