package moonphase.transport.netty;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import moonphase.spi.HttpHandler;
import moonphase.spi.ListenAddress;
import moonphase.spi.Transport;
import moonphase.spi.Worker;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transport: event loops, sockets and HTTP/1 by Netty.
 *
 * <p>Threads: any; the lists are guarded by a lock, under which nothing of others runs.
 */
@Component(service = Transport.class)
public final class NettyTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(NettyTransport.class);

  private final Sockets sockets;
  private final AtomicLong connections = new AtomicLong();
  private final ConnectionLimit limit = new ConnectionLimit();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<NettyWorker> workers = new ArrayList<>();
  private final List<NettyListener> listeners = new ArrayList<>();
  private boolean ended;

  /** A transport on epoll where it loads, on the JDK's sockets otherwise; no thread runs yet. */
  @Activate
  public NettyTransport() {
    this(Epoll.isAvailable());
  }

  /** A transport on a kind of sockets. */
  NettyTransport(boolean isEpoll) {
    sockets = isEpoll ? new EpollSockets() : new NioSockets();
    LOG.info("event loops on {}", sockets.name());
  }

  /** {@inheritDoc} Blocks until their threads run. */
  @Override
  public List<Worker> workers(int count) {
    lock.lock();
    try {
      if (ended) {
        throw new IllegalStateException("the transport was shut down");
      }
      while (workers.size() < count) {
        workers.add(NettyWorker.start(workers.size(), sockets.selectors(), limit));
      }
      return List.copyOf(workers.subList(0, count));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Listener bind(ListenAddress address, List<Worker> serving, HttpHandler handler)
      throws IOException {
    List<NettyWorker> own = serving.stream().map(NettyWorker.class::cast).toList();
    NettyListener listener = NettyListener.bind(sockets, address, own, connections, handler);
    lock.lock();
    try {
      listeners.removeIf(NettyListener::isClosed);
      listeners.add(listener);
      limit.listening(listeners.size());
    } finally {
      lock.unlock();
    }
    return listener;
  }

  @Override
  public void limitConnections(int perWorker) {
    limit.perWorker(perWorker);
  }

  /** {@inheritDoc} As long as the service is there, whoever asks again gets new workers. */
  @Override
  public void shutdown(long graceMillis) {
    List<NettyWorker> running;
    List<NettyListener> bound;
    lock.lock();
    try {
      running = List.copyOf(workers);
      workers.clear();
      bound = List.copyOf(listeners);
      listeners.clear();
    } finally {
      lock.unlock();
    }
    bound.forEach(NettyListener::close);
    CompletableFuture<?>[] drains =
        running.stream().map(NettyWorker::drain).toArray(CompletableFuture[]::new);
    try {
      if (graceMillis > 0) {
        await(CompletableFuture.allOf(drains), graceMillis);
      }
      for (NettyWorker worker : running) {
        worker.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(CompletableFuture<Void> drained, long graceMillis)
      throws InterruptedException {
    try {
      drained.get(graceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.info("connections were left after {} ms and are closed", graceMillis);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends at once. */
  @Deactivate
  void deactivate() {
    lock.lock();
    ended = true;
    lock.unlock();
    shutdown(0);
  }
}
