package moonphase.luaj.lib;

import org.luaj.vm2.CallLevel;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code package}, {@code require} and {@code module}.
 *
 * <p>{@code require} asks four loaders, as Lua 5.1 has them: preload, a Lua file, a C library, the
 * C library of the root package. C libraries cannot be loaded: one that is found is an error, and
 * {@code loadlib} says that they are not enabled. Nothing searches Java classes. Files are read at
 * once and block.
 *
 * <p>{@code package.path} and {@code package.cpath} begin as the environment's {@code LUA_PATH} and
 * {@code LUA_CPATH}, {@code ;;} standing for LuaJIT's defaults.
 *
 * <p>Source: Lua 5.1 manual 5.3; Lua 5.2 manual 6.3 for {@code searchpath} and {@code searchers}.
 */
public final class PackageLibrary implements Library {
  private static final String PATH =
      "./?.lua;/usr/local/share/luajit-2.1/?.lua;/usr/local/share/lua/5.1/?.lua;"
          + "/usr/local/share/lua/5.1/?/init.lua";
  private static final String CPATH =
      "./?.so;/usr/local/lib/lua/5.1/?.so;/usr/local/lib/lua/5.1/loadall.so";

  /** What {@code package.loaded} holds while a loader runs. */
  private static final LuaValue LOADING = LuaValue.userdataOf(new Object());

  @Override
  public void open(Globals globals) {
    LuaTable library = LibraryFunction.into(new LuaTable(), FUNCTIONS);
    library.rawset("config", "/\n;\n?\n!\n-\n");
    library.rawset("path", path("LUA_PATH", PATH));
    library.rawset("cpath", path("LUA_CPATH", CPATH));
    library.rawset("loaded", Arguments.loaded(globals));
    library.rawset("preload", Arguments.preload(globals));
    LuaTable loaders = new LuaTable(4, 0);
    LibraryFunction[] functions = PackageLoaders.of(library);
    for (int i = 0; i < functions.length; i++) {
      loaders.rawset(i + 1, functions[i]);
    }
    library.rawset("loaders", loaders);
    library.rawset("searchers", loaders);
    LibraryFunction.into(
        globals,
        LibraryFunction.of("require", args -> require(args, library)),
        LibraryFunction.of("module", PackageLibrary::module));
    Arguments.install(globals, "package", library);
  }

  private static String path(String variable, String otherwise) {
    String path = System.getenv(variable);
    if (path == null) {
      return otherwise;
    }
    String marked = path.replace(";;", ";\1;").replace("\1", otherwise);
    int start = marked.startsWith(";" + otherwise) && path.startsWith(";;") ? 1 : 0;
    int end = path.endsWith(";;") ? marked.length() - 1 : marked.length();
    return marked.substring(start, Math.max(start, end));
  }

  private static Varargs require(Varargs args, LuaTable library) {
    LuaString name = args.checkstring(1);
    LuaTable loaded = Arguments.loaded(Globals.current());
    LuaValue value = loaded.get(name);
    if (value.toboolean()) {
      if (value == LOADING) {
        throw new LuaError("loop or previous error loading module '" + name.tojstring() + "'");
      }
      return value;
    }
    LuaValue loader = findLoader(name, library);
    loaded.set(name, LOADING);
    LuaValue result = loader.call(name);
    if (!result.isnil()) {
      loaded.set(name, result);
    }
    LuaValue stored = loaded.get(name);
    if (stored == LOADING) {
      loaded.set(name, LuaValue.TRUE);
      return LuaValue.TRUE;
    }
    return stored;
  }

  private static LuaFunction findLoader(LuaString name, LuaTable library) {
    if (!(library.get("loaders") instanceof LuaTable loaders)) {
      throw new LuaError("'package.loaders' must be a table");
    }
    ByteBuilder message = new ByteBuilder(256);
    for (int i = 1; ; i++) {
      LuaValue loader = loaders.rawget(i);
      if (loader.isnil()) {
        throw new LuaError(
            "module '" + name.tojstring() + "' not found:" + message.finish().tojstring());
      }
      LuaValue result = Globals.current().running.callFunction(loader, name).arg1();
      if (result instanceof LuaFunction f) {
        return f;
      }
      if (result instanceof LuaString || result instanceof LuaNumber) {
        message.append(result.strvalue());
      }
    }
  }

  private static Varargs module(Varargs args) {
    LuaString name = args.checkstring(1);
    Globals vm = Globals.current();
    LuaTable loaded = Arguments.loaded(vm);
    LuaTable module;
    if (loaded.get(name) instanceof LuaTable t) {
      module = t;
    } else {
      module = findTable(vm.running.environment(), name);
      if (module == null) {
        throw new LuaError("name conflict for module '" + name.tojstring() + "'");
      }
      loaded.set(name, module);
    }
    if (module.get("_NAME").isnil()) {
      String text = name.toLatin1();
      module.set("_M", module);
      module.set(LuaString.valueOf("_NAME"), name);
      LuaString parent = name.substring(0, text.lastIndexOf('.') + 1);
      module.set(LuaString.valueOf("_PACKAGE"), parent);
    }
    CallLevel caller = vm.running.level(1);
    if (caller == null || !(caller.function() instanceof LuaClosure closure)) {
      throw new LuaError("'module' not called from a Lua function");
    }
    closure.setEnvironment(module);
    for (int i = 2; i <= args.narg(); i++) {
      vm.running.callFunction(args.arg(i), module);
    }
    return LuaValue.NONE;
  }

  /** Returns the table for a dotted name, made where it is absent; null where something else is. */
  private static LuaTable findTable(LuaTable from, LuaString name) {
    LuaTable table = from;
    for (int start = 0; start <= name.m_length; ) {
      int dot = name.indexOf((byte) '.', start);
      int end = dot < 0 ? name.m_length : dot;
      LuaString key = name.substring(start, end);
      LuaValue next = table.rawget(key);
      if (next.isnil()) {
        next = new LuaTable();
        table.set(key, next);
      }
      if (!(next instanceof LuaTable t)) {
        return null;
      }
      table = t;
      start = end + 1;
    }
    return table;
  }

  private static Varargs seeAll(Varargs args) {
    LuaTable module = args.checktable(1);
    LuaValue metatable = module.getmetatable();
    if (metatable == null) {
      metatable = new LuaTable();
      module.setmetatable(metatable);
    }
    metatable.set("__index", Globals.current().running.environment());
    return LuaValue.NONE;
  }

  private static Varargs loadLibrary(Varargs args) {
    args.checkstring(1);
    args.checkstring(2);
    return LuaValue.varargsOf(
        LuaValue.NIL,
        LuaValue.varargsOf(
            LuaValue.valueOf("dynamic libraries not enabled; check your Lua installation"),
            LuaValue.valueOf("absent")));
  }

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("loadlib", PackageLibrary::loadLibrary),
    LibraryFunction.of("searchpath", PackageLoaders::searchPath),
    LibraryFunction.of("seeall", PackageLibrary::seeAll),
  };
}
