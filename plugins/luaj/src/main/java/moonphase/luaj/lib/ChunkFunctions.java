package moonphase.luaj.lib;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * {@code load loadstring loadfile dofile}: from text to functions. Files are read at once and
 * block.
 *
 * <p>A binary chunk is refused with LuaJIT's message for bytecode of another version.
 *
 * <p>Source: Lua 5.1 manual 5.1; Lua 5.2 manual 6.1 for mode and environment.
 */
final class ChunkFunctions {
  private static final int BINARY = 27;

  private ChunkFunctions() {}

  /** Compiles a chunk; a refusal is an error with the bare message. */
  static LuaFunction compile(
      Globals vm, LuaString source, LuaString name, LuaString mode, LuaTable environment) {
    boolean binary = source.m_length > 0 && source.luaByte(0) == BINARY;
    if (mode != null && mode.indexOf((byte) (binary ? 'b' : 't'), 0) < 0) {
      throw new LuaError(LuaString.valueOf("attempt to load chunk with wrong mode"));
    }
    if (binary) {
      String shown = name.tojstring();
      boolean marked = shown.startsWith("@") || shown.startsWith("=");
      boolean text = shown.startsWith(Character.toString(BINARY));
      shown = text ? "(binary)" : marked ? shown.substring(1) : shown;
      throw new LuaError(LuaString.valueOf(shown + ": cannot load incompatible bytecode"));
    }
    return vm.load(source, name.tojstring(), environment);
  }

  /** Compiles a file, or the VM's standard input where the name is null. */
  static LuaFunction compileFile(Globals vm, LuaString file, LuaString mode, LuaTable environment) {
    LuaString source;
    try {
      source =
          file == null
              ? drain(vm.STDIN)
              : LuaString.valueUsing(Files.readAllBytes(SystemError.path(file)));
    } catch (IOException e) {
      SystemError error = SystemError.of(e);
      String verb = error.isAboutOpening() ? "open " : "read ";
      throw new LuaError(
          LuaString.valueOf("cannot " + verb + file.tojstring() + ": " + error.text()));
    }
    LuaString name =
        file == null
            ? LuaString.valueOf("=stdin")
            : new ByteBuilder(file.m_length + 1).append('@').append(file).finish();
    return compile(vm, source, name, mode, environment);
  }

  private static LuaString drain(InputStream in) throws IOException {
    return LuaString.valueUsing(in.readAllBytes());
  }

  private static Varargs load(Varargs args) {
    LuaValue chunk = args.arg1();
    boolean text = chunk instanceof LuaString || chunk instanceof LuaNumber;
    LuaString name = args.isnoneornil(2) ? null : args.checkstring(2);
    LuaString mode = args.isnoneornil(3) ? null : args.checkstring(3);
    Globals vm = Globals.current();
    LuaTable environment = args.arg(4) instanceof LuaTable t ? t : vm.running.environment();
    if (text) {
      LuaString source = chunk.strvalue();
      return tryCompile(vm, source, name == null ? source : name, mode, environment);
    }
    args.checkfunction(1);
    ByteBuilder source = new ByteBuilder(256);
    while (true) {
      Varargs result = vm.running.pcall(chunk, LuaValue.NONE, null);
      LuaValue piece = result.arg(2);
      if (!result.toboolean(1)) {
        return LuaValue.varargsOf(LuaValue.NIL, piece);
      }
      if (!piece.isnil() && !(piece instanceof LuaString) && !(piece instanceof LuaNumber)) {
        return failure(LuaString.valueOf("reader function must return a string"));
      }
      LuaString bytes = piece.isnil() ? LuaValue.EMPTYSTRING : piece.strvalue();
      if (bytes.m_length == 0) {
        break;
      }
      source.append(bytes);
      vm.budget.step();
    }
    LuaString chunkName = name == null ? LuaString.valueOf("=(load)") : name;
    return tryCompile(vm, source.finish(), chunkName, mode, environment);
  }

  private static Varargs tryCompile(
      Globals vm, LuaString source, LuaString name, LuaString mode, LuaTable environment) {
    try {
      return compile(vm, source, name, mode, environment);
    } catch (LuaError e) {
      return failure(e.getMessageObject());
    }
  }

  private static Varargs failure(LuaValue message) {
    return LuaValue.varargsOf(LuaValue.NIL, message);
  }

  private static Varargs loadFile(Varargs args) {
    LuaString file = args.isnoneornil(1) ? null : args.checkstring(1);
    LuaString mode = args.isnoneornil(2) ? null : args.checkstring(2);
    Globals vm = Globals.current();
    LuaTable environment = args.arg(3) instanceof LuaTable t ? t : vm.running.environment();
    try {
      return compileFile(vm, file, mode, environment);
    } catch (LuaError e) {
      return failure(e.getMessageObject());
    }
  }

  private static Varargs doFile(Varargs args) {
    LuaString file = args.isnoneornil(1) ? null : args.checkstring(1);
    Globals vm = Globals.current();
    return compileFile(vm, file, null, vm.running.environment()).invoke(LuaValue.NONE);
  }

  static final LibraryFunction[] FUNCTIONS = {
    LibraryFunction.of("dofile", ChunkFunctions::doFile),
    LibraryFunction.of("load", ChunkFunctions::load),
    LibraryFunction.of("loadfile", ChunkFunctions::loadFile),
    LibraryFunction.of("loadstring", ChunkFunctions::load),
  };
}
