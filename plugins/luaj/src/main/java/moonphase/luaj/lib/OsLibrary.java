package moonphase.luaj.lib;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.IntConsumer;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code os}. {@code execute} and the file functions block.
 *
 * <p>{@code clock} is the CPU time of the running thread. The locale is always C: {@code setlocale}
 * takes {@code ""}, {@code C} and {@code POSIX}. {@code exit} ends the Java process unless the
 * library was made with another way to leave.
 *
 * <p>Source: Lua 5.1 manual 5.8; Lua 5.2 manual 6.9 for {@code execute}'s results.
 */
public final class OsLibrary implements Library {
  private final IntConsumer exit;

  /** Creates the library whose {@code exit} ends the Java process. */
  public OsLibrary() {
    this(System::exit);
  }

  /**
   * Creates the library for a host that leaves in a way of its own.
   *
   * @param exit what {@code os.exit} calls with the status, after the output is flushed
   */
  public OsLibrary(IntConsumer exit) {
    this.exit = exit;
  }

  @Override
  public void open(Globals globals) {
    LuaTable os = LibraryFunction.into(new LuaTable(), FUNCTIONS);
    LibraryFunction.into(os, LibraryFunction.of("exit", this::exit));
    Arguments.install(globals, "os", os);
  }

  private Varargs exit(Varargs args) {
    int status =
        args.arg1().isboolean() ? args.toboolean(1) ? 0 : 1 : Arguments.integer(args, 1, 0);
    Globals vm = Globals.current();
    OpenFiles.of(vm).flush();
    vm.STDOUT.flush();
    vm.STDERR.flush();
    exit.accept(status);
    return LuaValue.NONE;
  }

  private static LuaValue clock(Varargs args) {
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    return LuaValue.valueOf(nanos / 1e9);
  }

  private static LuaValue difftime(Varargs args) {
    double end = args.checkdouble(1);
    return LuaValue.valueOf(end - (args.isnoneornil(2) ? 0 : args.checkdouble(2)));
  }

  private static LuaValue getenv(Varargs args) {
    String value = System.getenv(args.checkstring(1).tojstring());
    return value == null ? LuaValue.NIL : LuaString.valueOf(value);
  }

  private static Varargs remove(Varargs args) {
    LuaString name = args.checkstring(1);
    try {
      Files.delete(SystemError.path(name));
      return LuaValue.TRUE;
    } catch (IOException e) {
      return SystemError.of(e).results(name);
    }
  }

  private static Varargs rename(Varargs args) {
    LuaString from = args.checkstring(1);
    LuaString to = args.checkstring(2);
    try {
      Path target = SystemError.path(to);
      Files.move(SystemError.path(from), target, StandardCopyOption.ATOMIC_MOVE);
      return LuaValue.TRUE;
    } catch (IOException e) {
      return SystemError.of(e).results(from);
    }
  }

  private static Varargs tmpname(Varargs args) {
    try {
      Path directory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
      return LuaString.valueOf(Files.createTempFile(directory, "lua_", "").toString());
    } catch (IOException e) {
      throw new org.luaj.vm2.LuaError("unable to generate a unique filename");
    }
  }

  private static LuaValue setlocale(Varargs args) {
    LuaString locale = args.isnoneornil(1) ? null : args.checkstring(1);
    LuaString all = LuaString.valueOf("all");
    Arguments.option(args, 2, all, "all", "collate", "ctype", "monetary", "numeric", "time");
    boolean c = locale == null || List.of("", "C", "POSIX").contains(locale.toLatin1());
    return c ? LuaString.valueOf("C") : LuaValue.NIL;
  }

  private static Varargs execute(Varargs args) {
    if (args.isnoneornil(1)) {
      return LuaValue.TRUE;
    }
    Globals vm = Globals.current();
    vm.STDOUT.flush();
    try {
      Process process =
          new ProcessBuilder("/bin/sh", "-c", args.checkstring(1).tojstring()).inheritIO().start();
      return ExitStatus.results(ExitStatus.await(process));
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  private static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("clock", OsLibrary::clock),
    LibraryFunction.of("date", DateFunctions::date),
    LibraryFunction.of("difftime", OsLibrary::difftime),
    LibraryFunction.of("execute", OsLibrary::execute),
    LibraryFunction.of("getenv", OsLibrary::getenv),
    LibraryFunction.of("remove", OsLibrary::remove),
    LibraryFunction.of("rename", OsLibrary::rename),
    LibraryFunction.of("setlocale", OsLibrary::setlocale),
    LibraryFunction.of("time", DateFunctions::time),
    LibraryFunction.of("tmpname", OsLibrary::tmpname),
  };
}
