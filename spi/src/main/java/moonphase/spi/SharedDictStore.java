package moonphase.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where shared dictionaries are kept: a service. One of a higher {@code service.ranking} takes
 * precedence when the configuration is read. Any thread; must not block.
 */
@ConsumerType
public interface SharedDictStore {
  /**
   * The dictionary of that name; the same one for the same name and size as before, so that its
   * content outlives a reload, and an empty one otherwise.
   *
   * @param bytes its capacity
   */
  SharedDict open(String name, long bytes);
}
