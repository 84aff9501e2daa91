package moonphase.kernel;

import java.util.concurrent.TimeUnit;

/**
 * A module that is expected, and that requests wait for. Immutable.
 *
 * @param reach where it acts
 * @param since when it left, by {@link System#nanoTime}
 * @param reason what is missing, for the shell
 */
record Closing(Reach reach, long since, String reason) {
  /** How long ago it left. */
  long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
  }
}
