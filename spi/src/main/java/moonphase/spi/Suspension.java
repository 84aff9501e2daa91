package moonphase.spi;

import org.osgi.annotation.versioning.ProviderType;

/** The right to continue one suspended exchange, once. */
@ProviderType
@FunctionalInterface
public interface Suspension {
  /**
   * Continues the exchange on its worker with the verdict of the handler that suspended it. Any
   * thread; does not block. When called on the worker thread the engine may run before this
   * returns.
   *
   * @param verdict anything but {@link Verdict#SUSPENDED}
   * @throws IllegalStateException if concluded before
   */
  void conclude(Verdict verdict);
}
