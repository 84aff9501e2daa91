package org.luaj.vm2;

import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** A fiber on the JVM's own continuations; the only class that names them. */
final class ContinuationFiber extends Fiber {
  private static final ContinuationScope COROUTINE = new ContinuationScope("moonphase.luaj");

  private final Continuation continuation;

  ContinuationFiber(Runnable body) {
    continuation = new Pinning(body);
  }

  private static final class Pinning extends Continuation {
    Pinning(Runnable body) {
      super(COROUTINE, body);
    }

    @Override
    protected void onPinned(Pinned reason) {
      throw new LuaError("attempt to yield across C-call boundary");
    }
  }

  @Override
  void resume() {
    continuation.run();
  }

  @Override
  void yield() {
    Continuation.yield(COROUTINE);
  }

  @Override
  boolean isDone() {
    return continuation.isDone();
  }

  /** Runs one to see whether the JVM allows it; throws a LinkageError where it does not. */
  static boolean works() {
    Continuation c = new Continuation(COROUTINE, () -> Continuation.yield(COROUTINE));
    c.run();
    boolean suspended = !c.isDone();
    c.run();
    return suspended && c.isDone();
  }
}
