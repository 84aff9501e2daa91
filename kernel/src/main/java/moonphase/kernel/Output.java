package moonphase.kernel;

import java.util.ArrayDeque;
import moonphase.spi.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * Puts the output of a request and of its subrequests into the order in which they were begun: what
 * a parent writes after it began a subrequest waits until the subrequest is done.
 *
 * <p>Worker thread only. Source: ngx_http_postpone_filter_module.
 */
final class Output {
  /** Takes the ordered output. */
  interface Sink {
    /** Takes a piece, which is the sink's from now on; the last one has its flag. */
    void accept(Chunk chunk);
  }

  private final Sink sink;
  private final @Nullable Output parent;

  /** Chunks and subrequests' outputs behind the first one that is not done; null: none yet. */
  private @Nullable ArrayDeque<Object> waiting;

  /** Whether what is written here goes out at once. */
  private boolean active;

  private boolean ended;

  /** The output of a main request, or of a subrequest that is captured. */
  Output(Sink sink) {
    this.sink = sink;
    this.parent = null;
    this.active = true;
  }

  private Output(Output parent) {
    this.sink = parent.sink;
    this.parent = parent;
  }

  /** Begins a subrequest's output at this place. */
  Output begin() {
    Output child = new Output(this);
    if (active) {
      active = false;
      child.active = true;
    }
    queue().addLast(child);
    return child;
  }

  /** Takes a piece, which is the output's from now on. */
  void write(Chunk chunk) {
    if (!active) {
      queue().addLast(chunk);
      return;
    }
    emit(chunk);
    if (ended) {
      leave();
    }
  }

  /** Releases everything that waits here and below: nobody will take it. */
  void drop() {
    ArrayDeque<Object> dropped = waiting;
    waiting = null;
    while (dropped != null && !dropped.isEmpty()) {
      switch (dropped.removeFirst()) {
        case Chunk chunk -> chunk.release();
        case Output child -> child.drop();
        default -> throw new IllegalStateException("neither a chunk nor an output");
      }
    }
  }

  private ArrayDeque<Object> queue() {
    if (waiting == null) {
      waiting = new ArrayDeque<>(4);
    }
    return waiting;
  }

  private void emit(Chunk chunk) {
    if (chunk.isLast()) {
      ended = true;
    }
    if (parent == null || !chunk.isLast()) {
      sink.accept(chunk);
    } else if (chunk.length() == 0 && !chunk.isFlush()) {
      chunk.release();
    } else {
      sink.accept(chunk.with(chunk.isFlush(), false));
    }
  }

  /** The active output is done: the turn is its parent's. */
  private void leave() {
    active = false;
    for (Output next = parent; next != null && next.proceed(); next = next.parent) {
      next.active = false;
    }
  }

  /** Takes the turn back from the first subrequest; returns whether this output is done as well. */
  private boolean proceed() {
    queue().pollFirst();
    return enter();
  }

  /** Gets the turn; returns whether it is done with it. */
  private boolean enter() {
    ArrayDeque<Object> queue = queue();
    while (!queue.isEmpty()) {
      if (queue.peekFirst() instanceof Output child) {
        if (!child.enter()) {
          return false;
        }
        queue.pollFirst();
      } else if (queue.pollFirst() instanceof Chunk chunk) {
        emit(chunk);
      }
    }
    active = !ended;
    return ended;
  }
}
