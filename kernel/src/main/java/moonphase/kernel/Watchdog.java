package moonphase.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import moonphase.spi.LogLevel;
import moonphase.spi.Worker;
import org.jspecify.annotations.Nullable;

/**
 * Names handlers and filters that block an event loop for more than a second: one line each time,
 * with the top of the stack; the whole stack at debug.
 *
 * <p>Threads: one of its own, which looks twice a second. A worker does nothing for it but to say
 * where it is, in {@link Loop}; this one concludes from several looks that it did not move.
 */
final class Watchdog implements AutoCloseable {
  private static final long LOOK_MILLIS = 500;

  /** After so many looks at the same call more than a second has passed. */
  private static final int LOOKS = 3;

  /** How many incidents are remembered. */
  private static final int KEPT = 16;

  private static final int FRAMES = 8;
  private static final long END_MILLIS = 1_000;

  private final Generations generations;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<Loop, Seen> seen = new HashMap<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);
  private volatile List<Incident> incidents = List.of();

  /** What the last looks at a worker have shown. */
  private static final class Seen {
    long turn;
    int looks;
    @Nullable Incident incident;
  }

  /** A watchdog that does not look yet. */
  Watchdog(Generations generations) {
    this.generations = generations;
  }

  /** Begins to look, once. */
  void start() {
    thread.start();
  }

  /** The last incidents, one line each. Any thread. */
  List<String> incidents() {
    return incidents.stream().map(Incident::line).toList();
  }

  /** Ends its thread, and waits for that. Without effect before the start and after the end. */
  @Override
  public void close() {
    ended.countDown();
    try {
      // never interrupted: it may be at a write to a log
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!ended.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        generations.current().ifPresent(this::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(KernelGeneration generation) {
    for (Worker worker : generation.workers()) {
      Loop loop = generation.loop(worker);
      Seen known = seen.computeIfAbsent(loop, l -> new Seen());
      Object inside = loop.watch();
      long turn = loop.turn();
      if (inside == null || turn != known.turn) {
        moved(known, turn);
        known.looks = inside == null ? 0 : 1;
        continue;
      }
      known.looks++;
      Incident incident = known.incident;
      if (incident != null) {
        incident.lasts(known.looks * LOOK_MILLIS);
      } else if (known.looks >= LOOKS) {
        known.incident = report(generation, worker, inside, known);
      }
    }
  }

  private static void moved(Seen known, long turn) {
    known.turn = turn;
    if (known.incident != null) {
      known.incident.over();
      known.incident = null;
    }
  }

  /** Writes the line; null if the loop has gone on meanwhile. */
  private @Nullable Incident report(
      KernelGeneration generation, Worker worker, Object inside, Seen known) {
    Loop loop = generation.loop(worker);
    Thread blocked = loop.thread();
    StackTraceElement[] stack =
        blocked == null ? new StackTraceElement[0] : blocked.getStackTrace();
    if (loop.turn() != known.turn || loop.watch() == null) {
      return null;
    }
    String what = inside instanceof Step step ? step.handlerName() : filterName(inside);
    Incident incident = new Incident(worker.index(), what, known.looks * LOOK_MILLIS);
    List<Incident> all = new ArrayList<>(incidents);
    all.add(incident);
    incidents = List.copyOf(all.subList(Math.max(0, all.size() - KEPT), all.size()));
    generation.log().log(
        LogLevel.ALERT,
        "worker "
            + worker.index()
            + " is blocked for more than a second by the "
            + what
            + ": "
            + top(stack));
    for (StackTraceElement frame : stack) {
      generation.log().log(LogLevel.DEBUG, "worker " + worker.index() + " is at " + frame);
    }
    return incident;
  }

  private String filterName(Object filter) {
    for (KernelGeneration generation : generations.all()) {
      for (Plugin plugin : generation.cycle().chain().plugins()) {
        if (plugin.service() == filter) {
          return "filter " + filter.getClass().getName() + " of " + plugin.described();
        }
      }
    }
    return "filter " + filter.getClass().getName();
  }

  /** The frames above the kernel's own, the innermost first. */
  private static String top(StackTraceElement[] stack) {
    List<String> frames = new ArrayList<>();
    for (StackTraceElement frame : stack) {
      if (frame.getClassName().equals(HandlerCalls.class.getName()) || frames.size() == FRAMES) {
        break;
      }
      frames.add("at " + frame);
    }
    return String.join(" ", frames);
  }
}
