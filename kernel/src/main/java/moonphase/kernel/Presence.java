package moonphase.kernel;

/**
 * Whether a service is still there. Any thread.
 *
 * <p>The way leads from {@link State#HERE} to {@link State#LEFT}, never back: a module that returns
 * is another service.
 */
final class Presence {
  private volatile State state = State.HERE;
  private volatile boolean expected;

  /** How far a service has gone. */
  enum State {
    /** Requests meet it. */
    HERE,
    /** No new request meets it; those that began with it go on. */
    LEAVING,
    /** Nobody may call it any more. */
    LEFT
  }

  Presence() {}

  boolean isHere() {
    return state == State.HERE;
  }

  boolean hasLeft() {
    return state == State.LEFT;
  }

  /** Whether it is being replaced, so that requests wait for it. */
  boolean isExpectedBack() {
    return expected;
  }

  void leaving(boolean isExpectedBack) {
    expected = isExpectedBack;
    state = State.LEAVING;
  }

  void left() {
    state = State.LEFT;
  }
}
