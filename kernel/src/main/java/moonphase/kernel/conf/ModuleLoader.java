package moonphase.kernel.conf;

import moonphase.spi.ConfException;

/** Does what {@code load_module} says while a configuration is read. The reading thread; blocks. */
public interface ModuleLoader {
  /**
   * Installs a jar and starts what is in it.
   *
   * @param file its absolute name
   * @return the modules that are there then
   * @throws ConfException with the reason alone, without file and line
   */
  ModuleSet load(String file);

  /** Whether a bundle is installed. */
  boolean isInstalled(String symbolicName);
}
