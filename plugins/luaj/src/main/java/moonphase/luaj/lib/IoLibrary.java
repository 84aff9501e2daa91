package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;

/**
 * The library {@code io} and the methods of its files. Every operation may block the thread.
 *
 * <p>{@code io.stdin}, {@code io.stdout} and {@code io.stderr} are the VM's streams. Failures are
 * {@code nil, "text", errno} in the words of C's strerror. A file that is forgotten is written and
 * closed some time after Java collected it, or by {@link #flush} at the end.
 *
 * <p>Source: Lua 5.1 manual 5.7; Lua 5.2 manual 6.8 for formats of {@code lines}, {@code *L} and
 * the results of closing a pipe.
 */
public final class IoLibrary implements Library {
  @Override
  public void open(Globals globals) {
    LuaTable metatable = new LuaTable();
    metatable.rawset("__index", LibraryFunction.into(metatable, FileMethods.METHODS));
    LibraryFunction.into(metatable, FileMethods.EVENTS);
    IoFunctions functions = new IoFunctions(globals, metatable);
    LuaTable io = LibraryFunction.into(new LuaTable(), functions.functions());
    functions.putStandardFiles(io);
    Arguments.install(globals, "io", io);
  }

  /**
   * Writes what files left open still hold in their buffers; for a host that is done with a VM.
   * Blocks.
   *
   * @param globals the VM, not running anything
   */
  public static void flush(Globals globals) {
    OpenFiles.of(globals).flush();
  }
}
