package moonphase.kernel.variable;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import moonphase.spi.Connection;
import moonphase.spi.Worker;

/** The connection of a {@link FakeExchange} and its worker, whose clock stands still. */
final class FakeConnection implements Connection, Worker {
  long now = 1_000_000_000_000L;
  SocketAddress remote = new InetSocketAddress("127.0.0.1", 4711);

  @Override
  public long number() {
    return 7;
  }

  @Override
  public long startMillis() {
    return 1_000_000;
  }

  @Override
  public int requests() {
    return 2;
  }

  @Override
  public SocketAddress remote() {
    return remote;
  }

  @Override
  public SocketAddress local() {
    return new InetSocketAddress("127.0.0.2", 8080);
  }

  @Override
  public String listening() {
    return "0.0.0.0:8080";
  }

  @Override
  public Worker worker() {
    return this;
  }

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public void onAbort(Runnable abort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int index() {
    return 0;
  }

  @Override
  public long threadId() {
    return 57;
  }

  @Override
  public void execute(Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isCurrent() {
    return true;
  }

  @Override
  public Cancellable schedule(long delayMillis, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long currentMillis() {
    return now;
  }

  @Override
  public void updateTime() {
    throw new UnsupportedOperationException();
  }
}
