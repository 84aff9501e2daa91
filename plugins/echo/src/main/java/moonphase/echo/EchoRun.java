package moonphase.echo;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import moonphase.spi.Attributes;
import moonphase.spi.Chunk;
import moonphase.spi.Exchange;
import moonphase.spi.Headers;
import moonphase.spi.Response;
import moonphase.spi.Suspension;
import moonphase.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** The steps of one answer under way. Worker thread only. */
final class EchoRun {
  /** When the timer of {@code $echo_timer_elapsed} was set, in milliseconds since the epoch. */
  static final Attributes.Key<Long> TIMER = new Attributes.Key<>("echo timer");

  private final Exchange exchange;
  private final List<EchoCommand> commands;
  private final int status;
  private int next;
  private @Nullable Suspension suspension;

  EchoRun(Exchange exchange, List<EchoCommand> commands, int status) {
    this.exchange = exchange;
    this.commands = commands;
    this.status = status;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Takes the steps that can be taken now. */
  Verdict run() {
    while (next < commands.size()) {
      Verdict verdict = commands.get(next++).run(this);
      if (verdict != Verdict.OK) {
        return verdict;
      }
    }
    Verdict begun = begin();
    return begun == Verdict.OK ? exchange.response().send(Chunk.LAST) : begun;
  }

  /** Writes text, after the header if it is the first. */
  Verdict write(Chunk chunk) {
    Verdict begun = begin();
    if (begun != Verdict.OK) {
      chunk.release();
      return begun;
    }
    return exchange.response().send(chunk);
  }

  private Verdict begin() {
    Response response = exchange.response();
    if (response.isHeaderSent()) {
      return Verdict.OK;
    }
    response.status(status);
    Headers headers = response.headers();
    headers.remove("Content-Length");
    headers.remove("Accept-Ranges");
    if (!headers.contains("Content-Type")) {
      String type = exchange.location().contentType(exchange.request().uri());
      if (!type.isEmpty()) {
        headers.set("Content-Type", type);
      }
    }
    return response.sendHeader();
  }

  /**
   * Starts something and waits for it.
   *
   * @param start is given what to call when it has happened: 0, or the status to end with
   * @return what a step returns for it
   */
  Verdict await(Consumer<IntConsumer> start) {
    Wait wait = new Wait();
    start.accept(wait);
    if (wait.happened) {
      return wait.verdict();
    }
    wait.parked = true;
    if (suspension == null) {
      suspension = exchange.suspend();
    }
    return Verdict.SUSPENDED;
  }

  private void resume(Verdict verdict) {
    Verdict after = verdict == Verdict.OK ? run() : verdict;
    Suspension held = suspension;
    if (after != Verdict.SUSPENDED && held != null) {
      suspension = null;
      held.conclude(after);
    }
  }

  private final class Wait implements IntConsumer {
    private boolean happened;
    private boolean parked;
    private int status;

    @Override
    public void accept(int outcome) {
      happened = true;
      status = outcome;
      if (parked) {
        resume(verdict());
      }
    }

    Verdict verdict() {
      return status == 0 ? Verdict.OK : Verdict.finish(status);
    }
  }
}
