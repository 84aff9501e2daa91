package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;

/**
 * The library {@code io} and the methods of its files. Every operation may block the thread.
 *
 * <p>{@code io.stdin}, {@code io.stdout} and {@code io.stderr} are the VM's streams. Failures are
 * {@code nil, "text", errno} in the words of C's strerror. A file that is forgotten loses what was
 * not flushed and stays open until Java collects it.
 *
 * <p>Source: Lua 5.1 manual 5.7; Lua 5.2 manual 6.8 for formats of {@code lines}, {@code *L} and
 * the results of closing a pipe.
 */
public final class IoLibrary implements Library {
  @Override
  public void open(Globals globals) {
    LuaTable metatable = new LuaTable();
    metatable.rawset("__index", LibraryFunction.into(new LuaTable(), FileMethods.METHODS));
    LibraryFunction.into(metatable, FileMethods.EVENTS);
    IoFunctions functions = new IoFunctions(globals, metatable);
    LuaTable io = LibraryFunction.into(new LuaTable(), functions.functions());
    functions.putStandardFiles(io);
    Arguments.install(globals, "io", io);
  }
}
