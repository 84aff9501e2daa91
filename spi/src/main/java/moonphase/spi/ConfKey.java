package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Names the configuration of a module; compared by identity. Any thread.
 *
 * @param <C> the type of the configuration
 */
@ProviderType
public final class ConfKey<C extends Conf<C>> {
  private final String module;
  private final C unset;

  /**
   * A new key.
   *
   * @param module the module's name: a block with a directive that sets this needs that module,
   *     whoever declares the directive
   * @param unset the configuration of a block in which nothing was written
   */
  public ConfKey(String module, C unset) {
    this.module = module;
    this.unset = unset;
  }

  /** The name of the module whose configuration it is. */
  public String module() {
    return module;
  }

  /** The configuration of a block in which nothing was written. */
  public C unset() {
    return unset;
  }

  @Override
  public String toString() {
    return module;
  }
}
