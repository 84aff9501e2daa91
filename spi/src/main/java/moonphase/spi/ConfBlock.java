package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A block of the configuration: a server, a location, an {@code if}. Immutable once read, any
 * thread.
 */
@ProviderType
public interface ConfBlock {
  /**
   * What a module was given in this very block, nothing inherited. Valid once the block was read,
   * that is when the directive is set.
   */
  <C extends Conf<C>> C own(ConfKey<C> key);

  /** What is in force for a module here. Valid once the whole configuration was read. */
  <C extends Conf<C>> C conf(ConfKey<C> key);
}
