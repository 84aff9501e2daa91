package moonphase.luaj.lib;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code io}, with the default files of one VM. */
final class IoFunctions {
  private final Globals vm;
  private final LuaTable metatable;
  private final OpenFiles files;
  private final LuaUserdata stdin;
  private final LuaUserdata stdout;
  private final LuaUserdata stderr;
  private LuaUserdata input;
  private LuaUserdata output;

  IoFunctions(Globals vm, LuaTable metatable) {
    this.vm = vm;
    this.metatable = metatable;
    this.files = OpenFiles.of(vm);
    stdin = userdata(FileDevices.input(() -> vm.STDIN), LuaFile.Buffering.FULL);
    stdout = userdata(FileDevices.output(() -> vm.STDOUT), LuaFile.Buffering.NO);
    stderr = userdata(FileDevices.output(() -> vm.STDERR), LuaFile.Buffering.NO);
    input = stdin;
    output = stdout;
  }

  void putStandardFiles(LuaTable io) {
    io.rawset("stdin", stdin);
    io.rawset("stdout", stdout);
    io.rawset("stderr", stderr);
  }

  private LuaUserdata userdata(LuaFile.Device device, LuaFile.Buffering buffering) {
    LuaFile file = new LuaFile(device, buffering);
    LuaUserdata userdata = new LuaUserdata(file, metatable);
    files.add(userdata, file);
    return userdata;
  }

  private LuaUserdata open(LuaString name, String mode) throws IOException {
    return userdata(FileDevices.open(SystemError.path(name), mode), LuaFile.Buffering.FULL);
  }

  private Varargs open(Varargs args) {
    LuaString name = args.checkstring(1);
    String mode = args.isnoneornil(2) ? "r" : args.checkstring(2).toLatin1();
    if (!mode.matches("[rwa].*")) {
      return SystemError.INVALID.results(name);
    }
    try {
      return open(name, mode);
    } catch (IOException e) {
      return SystemError.of(e).results(name);
    }
  }

  private Varargs close(Varargs args) {
    LuaFile file = args.narg() == 0 ? FileMethods.open(output) : FileMethods.open(args, 1);
    return FileMethods.close(file);
  }

  /** Sets or returns a default file; a name is opened, and a failure raised. */
  private LuaUserdata choose(Varargs args, LuaUserdata current, String mode) {
    LuaValue v = args.arg1();
    if (v.isnil()) {
      return current;
    }
    if (v instanceof LuaUserdata) {
      return FileMethods.userdata(args, 1);
    }
    return openOrRaise(args.checkstring(1), mode);
  }

  private LuaUserdata openOrRaise(LuaString name, String mode) {
    try {
      return open(name, mode);
    } catch (IOException e) {
      throw LuaError.argument(1, name.tojstring() + ": " + SystemError.of(e).text());
    }
  }

  private Varargs input(Varargs args) {
    return input = choose(args, input, "r");
  }

  private Varargs output(Varargs args) {
    return output = choose(args, output, "w");
  }

  private Varargs lines(Varargs args) {
    if (args.isnoneornil(1)) {
      FileMethods.open(input);
      return FileMethods.lines(input, args.subargs(2), false);
    }
    LuaUserdata file = openOrRaise(args.checkstring(1), "r");
    return FileMethods.lines(file, args.subargs(2), true);
  }

  private Varargs popen(Varargs args) {
    LuaString command = args.checkstring(1);
    String mode = args.isnoneornil(2) ? "r" : args.checkstring(2).toLatin1();
    if (!mode.equals("r") && !mode.equals("w")) {
      return SystemError.INVALID.results(command);
    }
    vm.STDOUT.flush();
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command.tojstring());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    if (mode.equals("r")) {
      builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    } else {
      builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    }
    try {
      return userdata(FileDevices.process(builder.start()), LuaFile.Buffering.FULL);
    } catch (IOException e) {
      return SystemError.of(e).results(command);
    }
  }

  private Varargs temporary(Varargs args) {
    try {
      Path path = Files.createTempFile("lua_", "");
      LuaFile.Device device = FileDevices.open(path, "w+");
      Files.delete(path);
      return userdata(device, LuaFile.Buffering.FULL);
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  private static Varargs type(Varargs args) {
    if (Arguments.any(args, 1) instanceof LuaUserdata u && u.m_instance instanceof LuaFile file) {
      return LuaString.valueOf(file.isClosed() ? "closed file" : "file");
    }
    return LuaValue.NIL;
  }

  LibraryFunction[] functions() {
    return new LibraryFunction[] {
      LibraryFunction.of("close", this::close),
      LibraryFunction.of("flush", args -> FileMethods.flush(FileMethods.open(output))),
      LibraryFunction.of("input", this::input),
      LibraryFunction.of("lines", this::lines),
      LibraryFunction.of("open", this::open),
      LibraryFunction.of("output", this::output),
      LibraryFunction.of("popen", this::popen),
      LibraryFunction.of("read", args -> FileReading.read(FileMethods.open(input), args, 0)),
      LibraryFunction.of("tmpfile", this::temporary),
      LibraryFunction.of("type", IoFunctions::type),
      LibraryFunction.of(
          "write", args -> FileMethods.write(output, FileMethods.open(output), args, 0)),
    };
  }
}
