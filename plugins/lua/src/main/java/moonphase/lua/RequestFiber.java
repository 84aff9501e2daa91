package moonphase.lua;

/**
 * Java code that the event loop runs and that may be suspended at any depth, user coroutines
 * included: what an entry thread or a light thread runs in.
 *
 * <p>Threads: resume on the worker's thread only, suspend within the body only.
 */
abstract class RequestFiber {
  /** Whether the JVM lets us use its continuations; the fallback costs two thread switches. */
  static final boolean ON_CONTINUATIONS = probe();

  static RequestFiber of(Runnable body) {
    return ON_CONTINUATIONS ? new ContinuationFiber(body) : new VirtualThreadFiber(body);
  }

  private static boolean probe() {
    if (Boolean.getBoolean("moonphase.lua.threads")) {
      return false;
    }
    try {
      return ContinuationFiber.isUsable();
    } catch (LinkageError | RuntimeException e) {
      // --add-exports java.base/jdk.internal.vm=ALL-UNNAMED is missing; LuaRuntime says so once
      return false;
    }
  }

  /** Runs the body until it suspends or ends. */
  abstract void resume();

  /** Suspends the body. */
  abstract void suspend();

  abstract boolean isDone();

  /** Lets go of a suspended body that is never resumed; none of its code runs any more. */
  void abandon() {}
}
