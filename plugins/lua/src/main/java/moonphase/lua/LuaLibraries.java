package moonphase.lua;

import java.util.List;
import moonphase.luaj.lib.BaseLibrary;
import moonphase.luaj.lib.BitLibrary;
import moonphase.luaj.lib.CoroutineLibrary;
import moonphase.luaj.lib.DebugLibrary;
import moonphase.luaj.lib.IoLibrary;
import moonphase.luaj.lib.JitLibrary;
import moonphase.luaj.lib.Library;
import moonphase.luaj.lib.MathLibrary;
import moonphase.luaj.lib.OsLibrary;
import moonphase.luaj.lib.PackageLibrary;
import moonphase.luaj.lib.StringLibrary;
import moonphase.luaj.lib.TableLibrary;
import org.luaj.vm2.Globals;

/** The libraries of the language that every VM is made with, in the order they are opened. */
final class LuaLibraries {
  private LuaLibraries() {}

  private static LuaLibrary library(String name, Library library) {
    return new LuaLibrary() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void open(Globals globals) {
        library.open(globals);
      }
    };
  }

  static final List<LuaLibrary> ALL =
      List.of(
          library("_G", new BaseLibrary()),
          library("package", new PackageLibrary()),
          library("coroutine", new CoroutineLibrary()),
          library("table", new TableLibrary()),
          library("string", new StringLibrary()),
          library("math", new MathLibrary()),
          library("os", new OsLibrary()),
          library("io", new IoLibrary()),
          library("debug", new DebugLibrary()),
          library("bit", new BitLibrary()),
          library("jit", new JitLibrary()));
}
