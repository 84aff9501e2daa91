package moonphase.lua;

import org.luaj.vm2.LuaValue;

/** A loader for {@code package.preload}; compared by identity. */
final class PreloadHook {
  /** Makes the module in one VM. */
  @FunctionalInterface
  interface Loader {
    LuaValue load(LuaVm vm, String name);
  }

  private final String name;
  private final String origin;
  private final Loader loader;

  PreloadHook(String name, String origin, Loader loader) {
    this.name = name;
    this.origin = origin;
    this.loader = loader;
  }

  String name() {
    return name;
  }

  /** Who gives it: a bundle's symbolic name, or a class. */
  String origin() {
    return origin;
  }

  LuaValue load(LuaVm vm) {
    return loader.load(vm, name);
  }
}
