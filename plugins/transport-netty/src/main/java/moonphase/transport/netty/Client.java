package moonphase.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import moonphase.spi.Connection;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;

/** A connection as those see it who answer its requests. Worker thread only. */
final class Client implements Connection {
  private final Channel channel;
  private final Arrivals arrivals;
  private final NettyWorker worker;
  private final long number;
  private final String listening;
  private final Consumer<Runnable> guard;
  private final SocketAddress remote;
  private final SocketAddress local;
  private final long startMillis;
  private int requests;
  private @Nullable List<Runnable> aborts;

  /**
   * A connection.
   *
   * @param listening the address that it came in on
   * @param guard runs code of others
   */
  Client(
      Channel channel,
      Arrivals arrivals,
      NettyWorker worker,
      long number,
      String listening,
      Consumer<Runnable> guard) {
    this.channel = channel;
    this.arrivals = arrivals;
    this.worker = worker;
    this.number = number;
    this.listening = listening;
    this.guard = guard;
    this.startMillis = System.currentTimeMillis();
    this.remote = Addresses.plain(channel.remoteAddress());
    this.local = Addresses.plain(channel.localAddress());
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public long startMillis() {
    return startMillis;
  }

  @Override
  public int requests() {
    return requests;
  }

  @Override
  public SocketAddress remote() {
    return remote;
  }

  @Override
  public SocketAddress local() {
    return local;
  }

  @Override
  public String listening() {
    return listening;
  }

  @Override
  public Worker worker() {
    return worker;
  }

  @Override
  public boolean isClosed() {
    return arrivals.isEnded() || !channel.isActive();
  }

  @Override
  public void onAbort(Runnable abort) {
    if (isClosed()) {
      worker.execute(() -> guard.accept(abort));
      return;
    }
    if (aborts == null) {
      aborts = new ArrayList<>(2);
    }
    aborts.add(abort);
  }

  /** Has the client see a reset when the connection is closed. */
  void resetOnClose() {
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
  }

  /** What a log line says of a client that has closed while nothing was asked. */
  String farewell() {
    return requests == 0
        ? "client closed connection while waiting for request"
        : "client " + Addresses.text(remote) + " closed keepalive connection";
  }

  /** Counts a request. */
  void beginRequest() {
    requests++;
  }

  /** Forgets what was to run on an abort. */
  void endRequest() {
    aborts = null;
  }

  /** Runs what is to run on an abort, once. */
  void abort() {
    List<Runnable> waiting = aborts;
    aborts = null;
    if (waiting != null) {
      waiting.forEach(guard);
    }
  }
}
