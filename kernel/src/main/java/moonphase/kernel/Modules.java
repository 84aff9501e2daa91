package moonphase.kernel;

import moonphase.spi.ConfException;

/**
 * What takes part in a server, and what {@code load_module} adds to it. The control thread.
 *
 * <p>Between {@link #begin} and {@link #end} a configuration is read: {@link #present} is then what
 * it may name, without what an earlier one loaded and this one does not.
 */
@FunctionalInterface
interface Modules {
  /** What takes part now, and what is expected back. */
  Offer present();

  /** A configuration is going to be read. */
  default void begin() {}

  /**
   * Installs and starts a jar; its plugins are there when this returns.
   *
   * @param file its absolute name
   * @throws ConfException with the reason alone
   */
  default void load(String file) {
    throw new ConfException(
        "\"" + file + "\" cannot be loaded: this server does not run in an OSGi framework");
  }

  /** Whether a bundle is installed. */
  default boolean isInstalled(String symbolicName) {
    return false;
  }

  /**
   * The configuration was read.
   *
   * @param isTaken whether it serves now: what it did not load goes; otherwise what it alone loaded
   */
  default void end(boolean isTaken) {}
}
