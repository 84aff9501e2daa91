package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The configuration of one module at one level (http, server, location, if). Immutable.
 *
 * @param <C> the implementing type itself
 */
@ConsumerType
public interface Conf<C extends Conf<C>> {
  /**
   * This level, with everything it leaves unset taken from {@code outer}.
   *
   * <p>Called once for each block after the outer block has been read to its end, on every block
   * below it, also where the module wrote nothing (then on {@link ConfKey#unset()}). A module whose
   * directives are not inherited returns {@code this}.
   */
  C inherit(C outer);
}
