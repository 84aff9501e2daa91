package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/** Stops and starts the arrival of a body. Worker thread only. */
@ProviderType
public interface BodyFlow {
  /** Takes nothing more from the wire until {@link #resume()}. */
  void pause();

  /** Goes on; pieces may arrive before this returns. */
  void resume();
}
