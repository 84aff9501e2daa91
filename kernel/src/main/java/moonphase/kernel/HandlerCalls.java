package moonphase.kernel;

import java.util.Optional;
import moonphase.spi.LogLevel;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Calls the handlers of one exchange, one at a time, and waits for those that wait: a handler that
 * is on the stack or is waited for is never entered again. Worker thread only.
 */
final class HandlerCalls {
  private final KernelExchange exchange;
  private final Loop loop;

  /** Whether a handler of this exchange is on the stack. */
  private boolean running;

  private @Nullable Suspended suspended;

  /** Where a handler that blocks runs; null for nowhere. */
  private @Nullable Thread thread;

  /** What a suspension was concluded with while its handler was still on the stack. */
  private @Nullable Verdict early;

  HandlerCalls(KernelExchange exchange) {
    this.exchange = exchange;
    this.loop = exchange.cycle().generation().loop(exchange.connection().worker());
  }

  /** Where the worker says what it runs. */
  Loop loop() {
    return loop;
  }

  /** See {@link moonphase.spi.Exchange#suspend}. */
  Suspension suspend() {
    if (suspended != null) {
      throw new IllegalStateException("the exchange is suspended already");
    }
    Suspended wait = new Suspended(exchange, exchange.step());
    suspended = wait;
    return wait;
  }

  /** The step whose handler is waited for. */
  Optional<Step> waitedFor() {
    return suspended == null ? Optional.empty() : Optional.of(suspended.step());
  }

  /** A handler that blocks runs on a thread of its own now. */
  void runsOn(Thread given) {
    thread = given;
  }

  /** Whether a handler of this exchange runs on a thread. */
  boolean isOn(Thread asked) {
    return thread == asked && suspended != null;
  }

  /** Forgets the wait: its conclusion will have no effect. */
  void giveUp() {
    suspended = null;
    early = null;
  }

  /** Calls a handler, and gives what it decided: at once, or by a conclusion while it ran. */
  Verdict call(Step step) {
    running = true;
    Object outer = loop.inside();
    loop.enter(step);
    HandlerEvent event = HandlerEvent.begun();
    Verdict verdict;
    try {
      verdict = step.handler().handle(exchange);
    } catch (RuntimeException | Error e) {
      exchange.log().log(LogLevel.ERROR, "the " + step.handlerName() + " failed", e);
      verdict = exchange.response().isHeaderSent() ? Verdict.ERROR : Verdict.finish(500);
    } finally {
      loop.leave(outer);
      running = false;
    }
    if (event != null) {
      event.ended(step, exchange);
    }
    Verdict concluded = early;
    if (concluded != null) {
      early = null;
      return verdict == Verdict.SUSPENDED ? concluded : verdict;
    }
    if (verdict == Verdict.SUSPENDED && suspended == null) {
      exchange.log().log(
          LogLevel.ALERT, "the " + step.handlerName() + " waits without having suspended");
      return Verdict.finish(500);
    }
    if (verdict != Verdict.SUSPENDED) {
      suspended = null;
    }
    return verdict;
  }

  /** Goes on after a wait; a wait that was given up meanwhile has no effect. */
  void resume(Suspended wait, Verdict verdict) {
    if (wait != suspended) {
      return;
    }
    suspended = null;
    if (running) {
      early = verdict;
      return;
    }
    try {
      PhaseEngine.resume(exchange, verdict);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Walks; a failure of the engine's own ends the request. */
  void walk() {
    try {
      PhaseEngine.run(exchange);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void fail(Throwable bug) {
    exchange.log().log(LogLevel.ALERT, "the request cannot go on", bug);
    exchange.ending().terminate(500);
  }
}
