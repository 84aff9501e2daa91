package moonphase.luaj.lib;

import java.io.IOException;
import java.nio.file.Files;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The four loaders of {@code require} and their search along a path. */
final class PackageLoaders {
  private final LuaTable library;

  private PackageLoaders(LuaTable library) {
    this.library = library;
  }

  /** Returns the loaders of a VM in their order. */
  static LibraryFunction[] of(LuaTable library) {
    PackageLoaders it = new PackageLoaders(library);
    return new LibraryFunction[] {
      LibraryFunction.of("loader_preload", it::preload),
      LibraryFunction.of("loader_Lua", it::lua),
      LibraryFunction.of("loader_C", it::c),
      LibraryFunction.of("loader_Croot", it::root),
    };
  }

  private LuaValue preload(Varargs args) {
    LuaString name = args.checkstring(1);
    if (!(library.get("preload") instanceof LuaTable preload)) {
      throw new LuaError("'package.preload' must be a table");
    }
    LuaValue loader = preload.get(name);
    return loader.isnil()
        ? LuaString.valueOf("\n\tno field package.preload['" + name.tojstring() + "']")
        : loader;
  }

  private LuaValue lua(Varargs args) {
    LuaString name = args.checkstring(1);
    Varargs found = search(name, field("path"), '.', '/');
    if (found.isnil(1)) {
      return found.arg(2);
    }
    Globals vm = Globals.current();
    LuaString file = found.checkstring(1);
    try {
      return ChunkFunctions.compileFile(vm, file, null, vm.running.environment());
    } catch (LuaError e) {
      throw failure(name, file, e.getMessageObject().strvalue().tojstring());
    }
  }

  private LuaValue c(Varargs args) {
    LuaString name = args.checkstring(1);
    return library(name, name);
  }

  private LuaValue root(Varargs args) {
    LuaString name = args.checkstring(1);
    int dot = name.indexOf((byte) '.', 0);
    return dot < 0 ? LuaValue.NIL : library(name, name.substring(0, dot));
  }

  private LuaValue library(LuaString name, LuaString searched) {
    Varargs found = search(searched, field("cpath"), '.', '/');
    if (found.isnil(1)) {
      return found.arg(2);
    }
    String reason = "dynamic libraries not enabled; check your Lua installation";
    throw failure(name, found.checkstring(1), reason);
  }

  private static LuaError failure(LuaString name, LuaString file, String reason) {
    return new LuaError(
        "error loading module '"
            + name.tojstring()
            + "' from file '"
            + file.tojstring()
            + "':\n\t"
            + reason);
  }

  private LuaString field(String name) {
    LuaValue path = library.get(name);
    if (path instanceof LuaString || path instanceof LuaNumber) {
      return path.strvalue();
    }
    throw new LuaError("'package." + name + "' must be a string");
  }

  static Varargs searchPath(Varargs args) {
    LuaString path = args.checkstring(2);
    LuaString name = args.checkstring(1);
    String separator = args.isnoneornil(3) ? "." : args.checkstring(3).toLatin1();
    String replacement = args.isnoneornil(4) ? "/" : args.checkstring(4).toLatin1();
    return search(name.toLatin1(), path.toLatin1(), separator, replacement);
  }

  private static Varargs search(LuaString name, LuaString path, char separator, char replacement) {
    return search(
        name.toLatin1(),
        path.toLatin1(),
        Character.toString(separator),
        Character.toString(replacement));
  }

  /** Answers a file's name, or nil and the list of the files that are not there. */
  private static Varargs search(String name, String path, String separator, String replacement) {
    String file = separator.isEmpty() ? name : name.replace(separator, replacement);
    StringBuilder tried = new StringBuilder();
    for (String template : path.split(";", -1)) {
      if (template.isEmpty()) {
        continue;
      }
      String candidate = template.replace("?", file);
      LuaString bytes = LuaString.latin1(candidate);
      if (isReadable(bytes)) {
        return bytes;
      }
      tried.append("\n\tno file '").append(candidate).append('\'');
    }
    return LuaValue.varargsOf(LuaValue.NIL, LuaString.latin1(tried.toString()));
  }

  private static boolean isReadable(LuaString file) {
    try {
      return Files.isReadable(SystemError.path(file));
    } catch (IOException e) {
      return false;
    }
  }
}
