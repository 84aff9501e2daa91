package moonphase.luaj.lib;

import java.util.List;
import org.luaj.vm2.Globals;

/**
 * The libraries of LuaJIT's set, each to be opened by itself, or all.
 *
 * <p>{@code utf8}, {@code bit32} and {@code ffi} are not among them.
 */
public final class Libraries {
  private Libraries() {}

  /** All libraries, in the order in which they are opened. */
  public static final List<Library> ALL =
      List.of(
          new BaseLibrary(),
          new PackageLibrary(),
          new TableLibrary(),
          new IoLibrary(),
          new OsLibrary(),
          new StringLibrary(),
          new MathLibrary(),
          new DebugLibrary(),
          new BitLibrary(),
          new CoroutineLibrary(),
          new JitLibrary());

  /**
   * Opens all libraries in a VM.
   *
   * @param globals the VM, not running anything
   */
  public static void open(Globals globals) {
    for (Library library : ALL) {
      library.open(globals);
    }
  }
}
