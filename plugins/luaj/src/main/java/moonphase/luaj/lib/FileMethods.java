package moonphase.luaj.lib;

import java.io.IOException;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The methods of files. */
final class FileMethods {
  private FileMethods() {}

  /** Returns the userdata an argument must be, open or closed. */
  static LuaUserdata userdata(Varargs args, int i) {
    if (args.arg(i) instanceof LuaUserdata u && u.m_instance instanceof LuaFile) {
      return u;
    }
    throw Arguments.wrongType(args, i, "FILE*");
  }

  /** Returns the open file an argument must be. */
  static LuaFile open(Varargs args, int i) {
    return open(userdata(args, i));
  }

  static LuaFile open(LuaUserdata u) {
    LuaFile file = (LuaFile) u.m_instance;
    if (file.isClosed()) {
      throw new LuaError("attempt to use a closed file");
    }
    return file;
  }

  static Varargs close(LuaFile file) {
    try {
      int status = file.close();
      return status < 0 ? LuaValue.TRUE : ExitStatus.results(status);
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  static Varargs flush(LuaFile file) {
    try {
      file.sync();
      return LuaValue.TRUE;
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  /** Writes the arguments after so many others; answers the file. */
  static Varargs write(LuaUserdata u, LuaFile file, Varargs args, int skipped) {
    try {
      for (int i = skipped + 1, n = args.narg(); i <= n; i++) {
        LuaValue v = args.arg(i);
        if (!(v instanceof LuaString) && !(v instanceof LuaNumber)) {
          throw Arguments.wrongType(args, i, "string");
        }
        file.write(v.strvalue());
      }
      return u;
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  private static Varargs seek(Varargs args) {
    LuaFile file = open(args, 1);
    int from = Arguments.option(args, 2, LuaString.valueOf("cur"), "set", "cur", "end");
    double offset = args.isnoneornil(3) ? 0 : args.checkdouble(3);
    try {
      return LuaValue.valueOf((double) file.seek(from, (long) offset));
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  private static Varargs setBuffer(Varargs args) {
    LuaFile file = open(args, 1);
    int mode = Arguments.option(args, 2, null, "no", "line", "full");
    int size = Arguments.integer(args, 3, 0);
    try {
      file.buffer(LuaFile.Buffering.values()[mode], size);
      return LuaValue.TRUE;
    } catch (IOException e) {
      return SystemError.of(e).results(null);
    }
  }

  /** Returns an iterator over a file, which it closes at the end where it was made for that. */
  static LibraryFunction lines(LuaUserdata u, Varargs formats, boolean closing) {
    return LibraryFunction.of(
        "lines_iter",
        ignored -> {
          LuaFile file = open(u);
          Varargs results = FileReading.read(file, formats, 0);
          if (results.isnil(1)) {
            if (results.narg() > 1) {
              throw new LuaError(results.arg(2));
            }
            if (closing) {
              close(file);
            }
          }
          return results;
        });
  }

  private static Varargs text(Varargs args) {
    LuaUserdata u = userdata(args, 1);
    boolean closed = ((LuaFile) u.m_instance).isClosed();
    return LuaString.valueOf(closed ? "file (closed)" : "file (" + u.address() + ")");
  }

  private static Varargs collect(Varargs args) {
    LuaFile file = (LuaFile) userdata(args, 1).m_instance;
    return file.isClosed() ? LuaValue.NONE : close(file);
  }

  static final LibraryFunction[] METHODS = {
    LibraryFunction.of("close", args -> close(open(args, 1))),
    LibraryFunction.of("flush", args -> flush(open(args, 1))),
    LibraryFunction.of(
        "lines",
        args -> {
          open(args, 1);
          return lines(userdata(args, 1), args.subargs(2), false);
        }),
    LibraryFunction.of("read", args -> FileReading.read(open(args, 1), args, 1)),
    LibraryFunction.of("seek", FileMethods::seek),
    LibraryFunction.of("setvbuf", FileMethods::setBuffer),
    LibraryFunction.of("write", args -> write(userdata(args, 1), open(args, 1), args, 1)),
  };

  static final LibraryFunction[] EVENTS = {
    LibraryFunction.of("__gc", FileMethods::collect),
    LibraryFunction.of("__tostring", FileMethods::text),
  };
}
