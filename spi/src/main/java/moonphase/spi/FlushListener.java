package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/** Told when output has left. Worker thread. */
@ConsumerType
@FunctionalInterface
public interface FlushListener {
  /**
   * The output has left, or never will.
   *
   * @param sent false if the client has gone or was too slow
   */
  void flushed(boolean sent);
}
