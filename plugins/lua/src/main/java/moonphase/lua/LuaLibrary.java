package moonphase.lua;

import org.luaj.vm2.Globals;

/** A library of the language that a VM can be made with, or without. */
interface LuaLibrary {
  /** Its name, for example {@code string}. */
  String name();

  /** Puts its functions into a state. */
  void open(Globals globals);
}
