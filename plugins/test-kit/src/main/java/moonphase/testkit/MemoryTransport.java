package moonphase.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import moonphase.spi.HttpHandler;
import moonphase.spi.ListenAddress;
import moonphase.spi.Transport;
import moonphase.spi.Worker;

/**
 * A transport without sockets: requests are handed in, answers are handed out, and time passes only
 * when all workers would wait for it. Any thread.
 */
public final class MemoryTransport implements Transport {
  private static final long SECONDS_TO_ANSWER = 30;

  private final List<MemoryWorker> workers = new CopyOnWriteArrayList<>();
  private final List<MemoryListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong connections = new AtomicLong();

  /** A transport with nothing bound. */
  public MemoryTransport() {}

  @Override
  public List<Worker> workers(int count) {
    while (workers.size() < count) {
      workers.add(new MemoryWorker(workers.size()));
    }
    return new ArrayList<>(workers.subList(0, count));
  }

  @Override
  public Listener bind(ListenAddress address, List<Worker> serving, HttpHandler handler)
      throws IOException {
    for (MemoryListener listener : listeners) {
      if (listener.address().text().equals(address.text())) {
        throw new IOException("Address already in use");
      }
    }
    MemoryListener listener =
        new MemoryListener(
            address, serving.stream().map(w -> workers.get(w.index())).toList(), handler);
    listeners.add(listener);
    return listener;
  }

  @Override
  public void shutdown(long graceMillis) {
    listeners.clear();
    workers.forEach(MemoryWorker::stop);
    workers.clear();
  }

  /**
   * Sends a request to the first bound address and waits for the whole answer.
   *
   * @param request request line, header fields, and body
   * @return the answer; its status is 0 if the connection was closed without one
   * @throws IOException if nobody listens, or nothing was answered within 30 seconds of real time
   */
  public Answer send(RawRequest request) throws IOException {
    if (listeners.isEmpty()) {
      throw new IOException("Connection refused");
    }
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    listeners.getFirst().accept(request, connections.incrementAndGet(), answer);
    try {
      return answer.get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IOException("no answer to " + request.line(), e);
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  /**
   * Lets time pass: timers that fall due run. Blocks until they have.
   *
   * @param millis how much
   */
  public void advance(long millis) {
    workers.forEach(worker -> worker.advance(millis));
  }

  private final class MemoryListener implements Listener {
    private final ListenAddress address;
    private final List<MemoryWorker> serving;
    private volatile HttpHandler handler;

    MemoryListener(ListenAddress address, List<MemoryWorker> serving, HttpHandler handler) {
      this.address = address;
      this.serving = serving;
      this.handler = handler;
    }

    void accept(RawRequest request, long number, CompletableFuture<Answer> answer) {
      MemoryWorker worker = serving.get((int) (number % serving.size()));
      worker.begin();
      worker.execute(
          () -> handler.request(new MemoryStream(request, worker, number, address, answer)));
    }

    @Override
    public ListenAddress address() {
      return address;
    }

    @Override
    public int port() {
      return address.unixPath().isEmpty() ? address.port() : -1;
    }

    @Override
    public void handler(HttpHandler next) {
      handler = next;
    }

    @Override
    public void close() {
      listeners.remove(this);
    }
  }
}
