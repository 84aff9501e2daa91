package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;

/** The generations of a server that have open requests. Any thread. */
final class Generations {
  /** The current one last. */
  private final List<KernelGeneration> living = new CopyOnWriteArrayList<>();

  private volatile @Nullable KernelGeneration current;

  /** What serves now; empty before the start and after the end. */
  Optional<KernelGeneration> current() {
    return Optional.ofNullable(current);
  }

  /** Those with open requests, the current one last; also after the end, until they are over. */
  List<KernelGeneration> all() {
    return List.copyOf(living);
  }

  /** Makes one the current one. */
  void serve(KernelGeneration next) {
    living.add(next);
    current = next;
  }

  /** Forgets one that is over. */
  void remove(KernelGeneration ended) {
    living.remove(ended);
  }

  /** Nothing serves any more. */
  void stopServing() {
    current = null;
  }

  /** Whether the calling thread is a worker, which must not wait for the others. */
  boolean isOnWorker() {
    KernelGeneration serving = current;
    return serving != null && serving.workers().stream().anyMatch(Worker::isCurrent);
  }

  /** For each worker of each generation: completed when it has no such request. */
  List<CompletableFuture<Void>> whenNone(Predicate<KernelExchange> kind) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (KernelGeneration generation : living) {
      for (Worker worker : generation.workers()) {
        CompletableFuture<Void> none = new CompletableFuture<>();
        all.add(none);
        worker.execute(() -> generation.open(worker).whenNone(kind, none));
      }
    }
    return all;
  }

  /**
   * Ends requests; does not wait for it.
   *
   * @param alert gives the line to write for each; an empty one is not written
   */
  void endRequests(Predicate<KernelExchange> kind, Function<KernelExchange, String> alert) {
    for (KernelGeneration generation : living) {
      for (Worker worker : generation.workers()) {
        worker.execute(() -> {
          for (KernelExchange exchange : generation.open(worker).all(kind)) {
            String line = alert.apply(exchange);
            if (!line.isEmpty()) {
              exchange.log().log(LogLevel.ALERT, line);
            }
            exchange.ending().terminateAll();
          }
        });
      }
    }
  }

  /** Whether all are completed within so many milliseconds. Blocks. */
  static boolean await(List<CompletableFuture<Void>> all, long millis) {
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
          .get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
