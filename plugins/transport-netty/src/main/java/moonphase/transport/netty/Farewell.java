package moonphase.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import moonphase.spi.ConnectionSettings;

/**
 * The end of a connection. A socket that is closed while the client still sends would have the
 * client's system throw the response away: so this side alone is closed first, and what arrives is
 * read for a while. Worker thread only.
 *
 * <p>Source: ngx_http_set_lingering_close, ngx_http_lingering_close_handler.
 */
final class Farewell {
  private final Channel channel;
  private final Output output;
  private final Arrivals arrivals;
  private final Deadline deadline;
  private ConnectionSettings settings = ConnectionSettings.DEFAULT;
  private long end;
  private boolean halfClosed;

  Farewell(Channel channel, Output output, Arrivals arrivals, Deadline deadline) {
    this.channel = channel;
    this.output = output;
    this.arrivals = arrivals;
    this.deadline = deadline;
  }

  /** What holds from now on. */
  void settings(ConnectionSettings given) {
    settings = given;
  }

  /** Begins to count the time. */
  void start() {
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.lingeringMillis());
  }

  /** Waits for more; closes if the time is over. */
  void goOn() {
    long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    if (rest <= 0) {
      channel.close();
    } else {
      deadline.set(Math.min(rest, settings.lingeringTimeoutMillis()));
    }
  }

  /**
   * Closes when everything has left.
   *
   * @param isSending whether the client may still be sending
   */
  void begin(boolean isSending) {
    deadline.clear();
    boolean waits =
        switch (settings.lingering()) {
          case OFF -> false;
          case ON -> isSending;
          case ALWAYS -> true;
        };
    output.whenFlushed(sent -> left(sent && waits));
  }

  private void left(boolean waits) {
    if (!waits || arrivals.isEnded()) {
      channel.close();
      return;
    }
    halfClosed = true;
    ((DuplexChannel) channel).shutdownOutput();
    start();
    goOn();
  }

  /** Drops what has arrived; closes if the client has. */
  void drop() {
    arrivals.clear();
    if (!halfClosed) {
      return;
    }
    if (arrivals.isEnded()) {
      channel.close();
    } else {
      goOn();
    }
  }
}
