package moonphase.luaj.lib;

import org.luaj.vm2.Globals;

/**
 * A library of functions that a Lua state can have or not.
 *
 * <p>Each stands by itself: none needs another to be there, and opening one twice makes its tables
 * anew. Implementations have no state; what a library remembers, it keeps in the VM.
 */
@FunctionalInterface
public interface Library {
  /**
   * Puts the library's functions into a VM: its table under its global name, and into {@code
   * package.loaded} (the registry's {@code _LOADED}).
   *
   * @param globals the VM, not running anything
   */
  void open(Globals globals);
}
