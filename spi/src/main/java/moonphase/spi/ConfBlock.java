package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/** A block of the configuration that a directive opened, such as that of {@code if}. */
@ProviderType
public interface ConfBlock {
  /**
   * What a module was given in this very block, nothing inherited. Valid once the block was read,
   * that is when the directive is set.
   */
  <C extends Conf<C>> C own(ConfKey<C> key);
}
