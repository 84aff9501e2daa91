package moonphase.kernel;

/**
 * A worker that was seen in one handler for too long. Written by {@link Watchdog}, read by any
 * thread; holds no object of a bundle, so that this can leave.
 */
final class Incident {
  private final int worker;
  private final String what;
  private volatile long millis;
  private volatile boolean over;

  Incident(int worker, String what, long millis) {
    this.worker = worker;
    this.what = what;
    this.millis = millis;
  }

  /** It has lasted that long. */
  void lasts(long now) {
    millis = now;
  }

  void over() {
    over = true;
  }

  /** A line for the shell. */
  String line() {
    return "blocked: worker "
        + worker
        + (over ? " was in the " : " is in the ")
        + what
        + " for "
        + millis / 1_000
        + (over ? " s, it goes on" : " s");
  }
}
