package moonphase.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import moonphase.spi.HttpHandler;
import moonphase.spi.ListenAddress;
import moonphase.spi.Transport;
import moonphase.spi.Worker;
import org.jspecify.annotations.NullUnmarked;

/** A transport with one worker that the test turns, and without sockets. */
@NullUnmarked
final class FakeTransport implements Transport {
  final FakeWorker worker = new FakeWorker();
  final List<String> bound = new ArrayList<>();
  private HttpHandler handler;

  /** Why nothing can be bound; empty if it can. */
  String refusal = "";

  int refused;

  @Override
  public List<Worker> workers(int count) {
    return List.of(worker);
  }

  @Override
  public Listener bind(ListenAddress address, List<Worker> workers, HttpHandler first)
      throws IOException {
    if (!refusal.isEmpty()) {
      refused++;
      throw new IOException(refusal);
    }
    handler = first;
    bound.add(address.text());
    return new Listener() {
      @Override
      public ListenAddress address() {
        return address;
      }

      @Override
      public int port() {
        return address.port();
      }

      @Override
      public void handler(HttpHandler next) {
        handler = next;
      }

      @Override
      public void close() {
        bound.remove(address.text());
      }
    };
  }

  @Override
  public void shutdown(long graceMillis) {
    worker.turn();
  }

  /** Begins a request, and turns the worker until it has nothing to do. */
  FakeStream begin(String method, String target, String... headers) {
    FakeStream stream = new FakeStream(worker, method, target, headers);
    worker.execute(() -> handler.request(stream));
    worker.turn();
    return stream;
  }

  FakeStream get(String target, String... headers) {
    return begin("GET", target, headers);
  }
}
