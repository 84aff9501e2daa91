package moonphase.kernel;

import java.util.ArrayList;
import java.util.List;
import moonphase.spi.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when an exchange is over: its walk was concluded, its output has left, and no
 * subrequest of it runs any more. Then the log phase runs, then the cleanups. Worker thread only.
 */
final class Ending {
  private final KernelExchange exchange;
  private @Nullable List<Runnable> cleanups;
  private boolean concluded;
  private boolean over;

  /** Whether the log phase runs now. */
  private boolean logging;

  /** Subrequests of a main request that are not over, at any depth. */
  private int subrequests;

  /** The same ones, as far as they were made; null before the first. */
  private @Nullable List<KernelExchange> open;

  Ending(KernelExchange exchange) {
    this.exchange = exchange;
  }

  boolean isLogging() {
    return logging;
  }

  private void runLog() {
    logging = true;
    exchange.cycle().runLog(exchange);
    logging = false;
  }

  boolean isOver() {
    return over;
  }

  /** See {@link moonphase.spi.Exchange#onEnd}. */
  void onEnd(Runnable cleanup) {
    if (over) {
      cleanup.run();
      return;
    }
    if (cleanups == null) {
      cleanups = new ArrayList<>(4);
    }
    cleanups.add(cleanup);
  }

  /** Counts a subrequest of this main request that begins; returns how many there are. */
  int beginSubrequest() {
    return ++subrequests;
  }

  /** Takes note of a subrequest that was counted in. */
  void add(KernelExchange subrequest) {
    if (open == null) {
      open = new ArrayList<>(4);
    }
    open.add(subrequest);
  }

  /** The subrequests of a main request that are not over, at any depth. */
  List<KernelExchange> subrequests() {
    return open == null ? List.of() : open;
  }

  /** Counts a subrequest out that came to nothing. */
  void cancelSubrequest() {
    subrequests--;
  }

  /** The walk has ended and the response is complete. */
  void conclude() {
    concluded = true;
    endIfDone();
  }

  /**
   * Ends without completing the response: the connection is closed.
   *
   * @param status what the log says; 0: as it stands
   */
  void terminate(int status) {
    KernelResponse response = exchange.response();
    if (!response.isHeaderSent() && status != 0) {
      response.status(0);
      response.status(status);
    }
    response.giveUp();
    exchange.calls().giveUp();
    Child child = exchange.child();
    if (child != null) {
      child.cut();
    }
    if (child == null || !child.isApart()) {
      if (status == 408 || status == 444) {
        exchange.wire().dismiss();
      } else {
        exchange.wire().abort();
      }
      exchange.main().response().giveUp();
      exchange.main().output().drop();
    }
    conclude();
  }

  /** Ends a main request and its subrequests now, whatever they wait for. */
  void terminateAll() {
    subrequests = 0;
    if (!over) {
      terminate(0);
    }
  }

  /**
   * Ends without an answer, a log line or a connection's end: the same stream is walked by another
   * exchange.
   */
  void abandon() {
    over = true;
    exchange.calls().giveUp();
    cleanUp();
    exchange.cycle().leave(exchange);
  }

  private void endIfDone() {
    Child child = exchange.child();
    boolean delivered = child == null ? exchange.wire().isOver() : child.isDelivered();
    if (over || !concluded || subrequests > 0 || !delivered) {
      return;
    }
    over = true;
    if (child == null) {
      runLog();
      cleanUp();
      exchange.cycle().leave(exchange);
      return;
    }
    if (exchange.core().isLogSubrequest()) {
      runLog();
    }
    cleanUp();
    Ending main = exchange.main().ending();
    main.subrequests--;
    main.subrequests().remove(exchange);
    child.tell();
    main.endIfDone();
  }

  /** What was written was handed on: told by whoever takes it. */
  void delivered() {
    endIfDone();
  }

  private void cleanUp() {
    List<Runnable> registered = cleanups;
    if (registered == null) {
      return;
    }
    cleanups = null;
    for (int i = registered.size() - 1; i >= 0; i--) {
      try {
        registered.get(i).run();
      } catch (RuntimeException | Error e) {
        exchange.log().log(LogLevel.ALERT, "a cleanup failed", e);
      }
    }
  }
}
