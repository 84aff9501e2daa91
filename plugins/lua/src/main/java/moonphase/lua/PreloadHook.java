package moonphase.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaValue;

/** A loader for {@code package.preload}; compared by identity, ordered as services are. */
final class PreloadHook implements Comparable<PreloadHook> {
  /** Makes the module in one VM. */
  @FunctionalInterface
  interface Loader {
    LuaValue load(LuaVm vm, String name);
  }

  private final String name;
  private final String origin;
  private final int ranking;
  private final long order;
  private final Loader loader;

  /**
   * A hook.
   *
   * @param origin who gives it: a bundle's symbolic name, or a class
   * @param ranking the greater goes first
   * @param order among equal rankings the smaller goes first: the bundle's number
   */
  PreloadHook(String name, String origin, int ranking, long order, Loader loader) {
    this.name = name;
    this.origin = origin;
    this.ranking = ranking;
    this.order = order;
    this.loader = loader;
  }

  String name() {
    return name;
  }

  String origin() {
    return origin;
  }

  @Override
  public int compareTo(PreloadHook other) {
    return ranking == other.ranking
        ? Long.compare(order, other.order)
        : Integer.compare(other.ranking, ranking);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Makes the module; what goes wrong in Java is an error of Lua that names its bundle. */
  LuaValue load(LuaVm vm) {
    try {
      return loader.load(vm, name);
    } catch (LuaError e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new LuaError(
          "error loading module '" + name + "' from bundle '" + origin + "':\n\t" + e);
    }
  }
}
