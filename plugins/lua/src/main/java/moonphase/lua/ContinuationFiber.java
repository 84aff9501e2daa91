package moonphase.lua;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.luaj.vm2.LuaError;

/** A fiber on the JVM's own continuations; the only class here that names them. */
final class ContinuationFiber extends RequestFiber {
  private static final ContinuationScope REQUEST = new ContinuationScope("moonphase.request");

  private final Continuation continuation;

  ContinuationFiber(Runnable body) {
    continuation = new Unpinned(body);
  }

  private static final class Unpinned extends Continuation {
    Unpinned(Runnable body) {
      super(REQUEST, body);
    }

    @Override
    protected void onPinned(Pinned reason) {
      throw new LuaError("attempt to yield across C-call boundary");
    }
  }

  /** Runs one to see whether the JVM allows it; a LinkageError where it does not. */
  static boolean isUsable() {
    Continuation c = new Continuation(REQUEST, () -> Continuation.yield(REQUEST));
    c.run();
    boolean suspended = !c.isDone();
    c.run();
    return suspended && c.isDone();
  }

  @Override
  void resume() {
    continuation.run();
  }

  @Override
  void suspend() {
    Continuation.yield(REQUEST);
  }

  @Override
  boolean isDone() {
    return continuation.isDone();
  }
}
