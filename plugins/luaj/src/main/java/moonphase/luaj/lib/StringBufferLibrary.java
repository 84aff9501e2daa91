package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What {@code require "string.buffer"} gives: buffers, and values as bytes.
 *
 * <p>The methods that hand out pointers ({@code reserve commit ref putcdata}) need FFI and say so.
 *
 * <p>Source: LuaJIT's String Buffer Library.
 */
final class StringBufferLibrary {
  private final LuaTable metatable = new LuaTable();

  private StringBufferLibrary() {}

  static void preload(Globals globals) {
    StringBufferLibrary it = new StringBufferLibrary();
    it.metatable.rawset("__index", LibraryFunction.into(new LuaTable(), METHODS));
    it.metatable.rawset("__metatable", "buffer");
    LibraryFunction.into(it.metatable, EVENTS);
    LibraryFunction loader =
        LibraryFunction.of(
            "string.buffer",
            args ->
                LibraryFunction.into(
                    new LuaTable(),
                    LibraryFunction.of("new", it::create),
                    LibraryFunction.of("encode", StringBufferLibrary::encodeValue),
                    LibraryFunction.of("decode", StringBufferLibrary::decodeValue)));
    Arguments.preload(globals).rawset(loader.name(), loader);
  }

  private LuaValue create(Varargs args) {
    int options = args.istable(1) ? 1 : 2;
    if (options == 2 && !args.isnoneornil(1)) {
      Arguments.integer(args, 1);
    }
    BufferFormat format = BufferFormat.PLAIN;
    if (!args.isnoneornil(options)) {
      LuaTable t = args.checktable(options);
      LuaTable dictionary = t.get("dict") instanceof LuaTable d ? d : null;
      LuaTable metatables = t.get("metatable") instanceof LuaTable m ? m : null;
      format = new BufferFormat(dictionary, metatables);
    }
    return new LuaUserdata(new StringBuffer(format), metatable);
  }

  private static StringBuffer buffer(Varargs args) {
    if (args.arg1() instanceof LuaUserdata u && u.m_instance instanceof StringBuffer b) {
      return b;
    }
    throw Arguments.wrongType(args, 1, "buffer");
  }

  private static Varargs put(Varargs args) {
    StringBuffer buffer = buffer(args);
    for (int i = 2, n = args.narg(); i <= n; i++) {
      buffer.end().append(text(args, i));
    }
    buffer.check();
    return args.arg1();
  }

  private static LuaString text(Varargs args, int i) {
    LuaValue v = args.arg(i);
    if (v instanceof LuaString || v instanceof LuaNumber) {
      return v.strvalue();
    }
    if (v instanceof LuaUserdata u && u.m_instance instanceof StringBuffer b) {
      return b.text();
    }
    LuaValue handler = v.metatag(LuaValue.TOSTRING);
    LuaValue text = handler.isnil() ? LuaValue.NIL : handler.call(v);
    if (text instanceof LuaString s) {
      return s;
    }
    throw Arguments.wrongType(args, i, "string/number/__tostring");
  }

  private static Varargs putFormatted(Varargs args) {
    StringBuffer buffer = buffer(args);
    LuaString format = args.checkstring(2);
    StringFormat.append(format, args, 2, buffer.end());
    buffer.check();
    return args.arg1();
  }

  private static Varargs get(Varargs args) {
    StringBuffer buffer = buffer(args);
    int n = Math.max(args.narg() - 1, 1);
    LuaValue[] pieces = new LuaValue[n];
    for (int i = 0; i < n; i++) {
      boolean all = args.isnoneornil(i + 2);
      pieces[i] = buffer.take(all ? Integer.MAX_VALUE : size(args, i + 2));
    }
    return LuaValue.varargsOf(pieces);
  }

  private static int size(Varargs args, int i) {
    int n = Arguments.integer(args, i);
    if (n < 0) {
      throw LuaError.argument(i, "number out of range");
    }
    return n;
  }

  private static Varargs skip(Varargs args) {
    buffer(args).skip(size(args, 2));
    return args.arg1();
  }

  private static Varargs set(Varargs args) {
    StringBuffer buffer = buffer(args);
    if (!(args.arg(2) instanceof LuaString s)) {
      throw Arguments.wrongType(args, 2, "string");
    }
    buffer.reset(true);
    buffer.end().append(s);
    return args.arg1();
  }

  private static Varargs reset(Varargs args) {
    buffer(args).reset(true);
    return args.arg1();
  }

  private static Varargs free(Varargs args) {
    buffer(args).reset(false);
    return args.arg1();
  }

  private static Varargs encode(Varargs args) {
    StringBuffer buffer = buffer(args);
    buffer.format.encode(Arguments.any(args, 2), buffer.end());
    buffer.check();
    return args.arg1();
  }

  private static LuaValue decode(Varargs args) {
    StringBuffer buffer = buffer(args);
    BufferFormat.Reader reader = buffer.format.new Reader(buffer.text());
    LuaValue value = reader.value();
    buffer.skip(reader.position());
    return value;
  }

  private static LuaValue encodeValue(Varargs args) {
    ByteBuilder out = new ByteBuilder(64);
    BufferFormat.PLAIN.encode(Arguments.any(args, 1), out);
    Globals.current().checkStringLength(out.length());
    return out.finish();
  }

  private static LuaValue decodeValue(Varargs args) {
    if (!(args.arg1() instanceof LuaString s)) {
      throw Arguments.wrongType(args, 1, "string");
    }
    BufferFormat.Reader reader = BufferFormat.PLAIN.new Reader(s);
    LuaValue value = reader.value();
    if (reader.position() < s.m_length) {
      throw new LuaError("left-over data in buffer");
    }
    return value;
  }

  private static LuaValue concat(Varargs args) {
    return new ByteBuilder(64).append(operand(args, 1)).append(operand(args, 2)).finish();
  }

  private static LuaString operand(Varargs args, int i) {
    LuaValue v = args.arg(i);
    if (v instanceof LuaUserdata u && u.m_instance instanceof StringBuffer b) {
      return b.text();
    }
    if (v instanceof LuaString || v instanceof LuaNumber) {
      return v.strvalue();
    }
    throw new LuaError("attempt to concatenate a " + v.typename() + " value");
  }

  private static LibraryFunction needsPointers(String name) {
    return LibraryFunction.of(
        name,
        args -> {
          throw new LuaError("buffer:" + name + "() needs the ffi library, which is not available");
        });
  }

  private static final LibraryFunction[] METHODS = {
    needsPointers("commit"),
    LibraryFunction.of("decode", StringBufferLibrary::decode),
    LibraryFunction.of("encode", StringBufferLibrary::encode),
    LibraryFunction.of("free", StringBufferLibrary::free),
    LibraryFunction.of("get", StringBufferLibrary::get),
    LibraryFunction.of("put", StringBufferLibrary::put),
    needsPointers("putcdata"),
    LibraryFunction.of("putf", StringBufferLibrary::putFormatted),
    needsPointers("ref"),
    needsPointers("reserve"),
    LibraryFunction.of("reset", StringBufferLibrary::reset),
    LibraryFunction.of("set", StringBufferLibrary::set),
    LibraryFunction.of("skip", StringBufferLibrary::skip),
    LibraryFunction.of("tostring", args -> buffer(args).text()),
  };

  private static final LibraryFunction[] EVENTS = {
    LibraryFunction.of("__concat", StringBufferLibrary::concat),
    LibraryFunction.of("__len", args -> LuaValue.valueOf(buffer(args).length())),
    LibraryFunction.of("__tostring", args -> buffer(args).text()),
  };
}
