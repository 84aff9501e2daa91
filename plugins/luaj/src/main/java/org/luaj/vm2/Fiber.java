package org.luaj.vm2;

/**
 * Java code that can be suspended in its middle: what a coroutine's body runs in.
 *
 * <p>Threads: resume on one thread at a time; yield inside the body only.
 */
abstract class Fiber {
  /** Whether this JVM lets us use its continuations; the fallback needs two thread switches. */
  private static final boolean CONTINUATIONS = probe();

  static Fiber create(Runnable body) {
    return CONTINUATIONS ? new ContinuationFiber(body) : new ThreadFiber(body);
  }

  /** Tells whether coroutines are continuations rather than threads in lock-step. */
  static boolean usesContinuations() {
    return CONTINUATIONS;
  }

  /** Runs the body until it yields or ends. */
  abstract void resume();

  /** Suspends the body; called from within it. */
  abstract void yield();

  abstract boolean isDone();

  private static boolean probe() {
    if (Boolean.getBoolean("moonphase.luaj.threads")) {
      return false;
    }
    try {
      return ContinuationFiber.works();
    } catch (LinkageError | RuntimeException e) {
      return false; // --add-exports java.base/jdk.internal.vm=ALL-UNNAMED is missing: threads it is
    }
  }
}
