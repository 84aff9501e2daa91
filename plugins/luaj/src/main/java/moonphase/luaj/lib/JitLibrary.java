package moonphase.luaj.lib;

import java.util.Locale;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaThread;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code jit}: it says what runs here, and that there is no trace compiler.
 *
 * <p>{@code jit.version} begins as LuaJIT's, because programs look whether the dialect is its.
 * {@code status} answers false; {@code on}, {@code off}, {@code flush} and {@code opt.start} check
 * their arguments and change nothing; {@code jit.util} is absent.
 */
public final class JitLibrary implements Library {
  @Override
  public void open(Globals globals) {
    LuaTable jit = LibraryFunction.into(new LuaTable(), FUNCTIONS);
    jit.rawset("version", "LuaJIT 2.1 (Moonphase, on the JVM)");
    jit.rawset("version_num", 20199);
    jit.rawset("os", os());
    jit.rawset("arch", architecture());
    LuaTable options = LibraryFunction.into(new LuaTable(), OPTIONS);
    jit.rawset("opt", options);
    Arguments.install(globals, "jit", jit);
    Arguments.loaded(globals).rawset("jit.opt", options);
  }

  private static String os() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return "Linux";
    }
    if (name.startsWith("mac")) {
      return "OSX";
    }
    if (name.startsWith("windows")) {
      return "Windows";
    }
    return name.endsWith("bsd") ? "BSD" : "Other";
  }

  private static String architecture() {
    String arch = System.getProperty("os.arch", "");
    return switch (arch) {
      case "amd64", "x86_64" -> "x64";
      case "aarch64" -> "arm64";
      default -> arch;
    };
  }

  private static Varargs change(Varargs args) {
    LuaValue f = args.arg1();
    if (!f.isnil() && !f.isclosure() && !(f instanceof LuaThread) && !f.isboolean()) {
      throw LuaError.argument(1, "function expected, got " + f.typename());
    }
    return LuaValue.NONE;
  }

  private static Varargs flush(Varargs args) {
    return args.arg1().isnumber() ? LuaValue.NONE : change(args);
  }

  private static Varargs start(Varargs args) {
    for (int i = 1; i <= args.narg(); i++) {
      LuaString option = args.checkstring(i);
      if (!option.toLatin1().matches("[0-3]|[-+]?[a-z0-9]+(=\\d+)?")) {
        throw new LuaError("unknown or malformed optimization flag '" + option.toLatin1() + "'");
      }
    }
    return LuaValue.NONE;
  }

  private static final LibraryFunction[] OPTIONS = {
    LibraryFunction.of("start", JitLibrary::start),
  };

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("on", JitLibrary::change),
    LibraryFunction.of("off", JitLibrary::change),
    LibraryFunction.of("flush", JitLibrary::flush),
    LibraryFunction.of("status", args -> LuaValue.FALSE),
  };
}
