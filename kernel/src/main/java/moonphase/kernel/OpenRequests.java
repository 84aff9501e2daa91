package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The main requests of one generation that are open on one worker. Worker thread only; nothing is
 * allocated for a request that comes and goes.
 */
final class OpenRequests {
  private @Nullable KernelExchange first;
  private int count;
  private final List<Waiting> waiting = new ArrayList<>();

  /** Somebody who waits until no open request is of some kind. */
  private record Waiting(Predicate<KernelExchange> kind, CompletableFuture<Void> none) {}

  OpenRequests() {}

  void add(KernelExchange exchange) {
    exchange.next = first;
    if (first != null) {
      first.previous = exchange;
    }
    first = exchange;
    count++;
  }

  void remove(KernelExchange exchange) {
    KernelExchange before = exchange.previous;
    KernelExchange after = exchange.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    exchange.previous = null;
    exchange.next = null;
    count--;
    if (!waiting.isEmpty()) {
      tell();
    }
  }

  int count() {
    return count;
  }

  /** The open requests of a kind. */
  List<KernelExchange> all(Predicate<KernelExchange> kind) {
    List<KernelExchange> all = new ArrayList<>();
    for (KernelExchange x = first; x != null; x = x.next) {
      if (kind.test(x)) {
        all.add(x);
      }
    }
    return all;
  }

  /** Completes {@code none} as soon as no request of a kind is open, at once if none is. */
  void whenNone(Predicate<KernelExchange> kind, CompletableFuture<Void> none) {
    waiting.add(new Waiting(kind, none));
    tell();
  }

  private boolean isAny(Predicate<KernelExchange> kind) {
    KernelExchange x = first;
    while (x != null && !kind.test(x)) {
      x = x.next;
    }
    return x != null;
  }

  /** Looks who need not wait any more, after a request has changed. */
  void tell() {
    for (Waiting one : List.copyOf(waiting)) {
      if (!isAny(one.kind)) {
        waiting.remove(one);
        one.none.complete(null);
      }
    }
  }
}
