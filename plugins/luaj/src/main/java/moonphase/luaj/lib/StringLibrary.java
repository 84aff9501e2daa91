package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaClosure;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code string}, which is also what strings are indexed with.
 *
 * <p>All of it works on bytes and the C locale: {@code upper} and {@code lower} leave bytes over
 * 127 alone. {@code dump} answers that it is not available, binary chunks being refused.
 *
 * <p>Source: Lua 5.1 manual 5.4; LuaJIT for {@code rep}'s separator and the messages.
 */
public final class StringLibrary implements Library {
  /** How many values one call may return. */
  static final int MAX_RESULTS = 8000;

  @Override
  public void open(Globals globals) {
    LuaTable string = LibraryFunction.into(new LuaTable(), FUNCTIONS);
    new PatternFunctions(globals).into(string);
    globals.stringMetatable = new LuaTable();
    globals.stringMetatable.rawset("__index", string);
    Arguments.install(globals, "string", string);
    StringBufferLibrary.preload(globals);
  }

  /** Returns the index from 0 of the first byte for a start argument; may be past the end. */
  static int first(int start, int length) {
    return start > 0 ? start - 1 : start == 0 || -(long) start > length ? 0 : length + start;
  }

  /** Returns the index from 0 after the last byte for an end argument. */
  private static int last(int end, int length) {
    return end >= 0 ? Math.min(end, length) : (int) Math.max((long) length + end + 1, 0);
  }

  /** Counts the work on so many bytes, where they are many. */
  static void count(long bytes) {
    if (bytes >= 1 << 16) {
      Globals.current().budget.copied(bytes);
    }
  }

  private static LuaString slice(LuaString s, int start, int end) {
    int from = first(start, s.m_length);
    int to = last(end, s.m_length);
    if (from >= to) {
      return LuaValue.EMPTYSTRING;
    }
    if (to - from == 1) {
      return OneByte.string(s.m_bytes[s.m_offset + from]);
    }
    count(to - from);
    return s.substring(from, to);
  }

  private static Varargs bytes(Varargs args) {
    LuaString s = args.checkstring(1);
    int start = Arguments.integer(args, 2, 1);
    int end = Arguments.integer(args, 3, start);
    int from = first(start, s.m_length);
    int to = start == 0 && args.isnoneornil(3) ? 0 : last(end, s.m_length);
    int count = to - from;
    if (count <= 0) {
      return LuaValue.NONE;
    }
    if (count > MAX_RESULTS) {
      throw new LuaError("string slice too long");
    }
    LuaValue[] values = new LuaValue[count];
    for (int i = 0; i < count; i++) {
      values[i] = LuaValue.valueOf(s.m_bytes[s.m_offset + from + i] & 0xFF);
    }
    return LuaValue.varargsOf(values);
  }

  private static LuaValue chars(Varargs args) {
    int n = args.narg();
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      int c = Arguments.integer(args, i + 1);
      if (c < 0 || c > 255) {
        throw LuaError.argument(i + 1, "invalid value");
      }
      bytes[i] = (byte) c;
    }
    return n == 1 ? OneByte.string(bytes[0]) : LuaString.valueUsing(bytes);
  }

  private static LuaValue dump(Varargs args) {
    Arguments.function(args, 1);
    if (!(args.arg1() instanceof LuaClosure)) {
      throw new LuaError("unable to dump given function");
    }
    throw new LuaError("string.dump is not available");
  }

  private static LuaString upper(LuaString s) {
    return mapped(s, 'a', 'z');
  }

  private static LuaString lower(LuaString s) {
    return mapped(s, 'A', 'Z');
  }

  /** Returns the string with the case of the letters in a range flipped; itself if it has none. */
  private static LuaString mapped(LuaString s, int low, int high) {
    count(s.m_length);
    int end = s.m_offset + s.m_length;
    for (int i = s.m_offset; i < end; i++) {
      if (s.m_bytes[i] >= low && s.m_bytes[i] <= high) {
        byte[] bytes = s.toBytes();
        for (int j = i - s.m_offset; j < bytes.length; j++) {
          if (bytes[j] >= low && bytes[j] <= high) {
            bytes[j] ^= 32;
          }
        }
        return LuaString.valueUsing(bytes);
      }
    }
    return s;
  }

  private static LuaValue reverse(Varargs args) {
    LuaString s = args.checkstring(1);
    count(s.m_length);
    byte[] bytes = new byte[s.m_length];
    for (int i = 0, from = s.m_offset + s.m_length; i < bytes.length; i++) {
      bytes[i] = s.m_bytes[--from];
    }
    return LuaString.valueUsing(bytes);
  }

  private static LuaValue repeat(Varargs args) {
    LuaString s = args.checkstring(1);
    int n = Arguments.integer(args, 2);
    LuaString separator = args.isnoneornil(3) ? LuaValue.EMPTYSTRING : args.checkstring(3);
    if (n <= 0) {
      return LuaValue.EMPTYSTRING;
    }
    int unit = s.m_length + separator.m_length;
    long size = (long) unit * n - separator.m_length;
    Globals.current().checkStringLength(size);
    count(size);
    if (size == 0 || n == 1) {
      return n == 1 ? s : LuaValue.EMPTYSTRING;
    }
    byte[] bytes = new byte[(int) size];
    s.copyInto(0, bytes, 0, s.m_length);
    if (n > 1) {
      separator.copyInto(0, bytes, s.m_length, separator.m_length);
    }
    for (int done = unit; done < size; ) {
      int more = (int) Math.min(done, size - done);
      System.arraycopy(bytes, 0, bytes, done, more);
      done += more;
    }
    return LuaString.valueUsing(bytes);
  }

  private static final class Byte extends LibraryFunction {
    Byte() {
      super("byte");
    }

    @Override
    public LuaValue call(LuaValue a) {
      return a instanceof LuaString s && s.m_length > 0
          ? LuaInteger.valueOf(s.m_bytes[s.m_offset] & 0xFF)
          : super.call(a);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      if (a instanceof LuaString s && b instanceof LuaInteger n && n.v > 0 && n.v <= s.m_length) {
        return LuaInteger.valueOf(s.m_bytes[s.m_offset + n.v - 1] & 0xFF);
      }
      return super.call(a, b);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return bytes(args);
    }
  }

  private static final class Sub extends LibraryFunction {
    Sub() {
      super("sub");
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      return a instanceof LuaString s && b instanceof LuaInteger i
          ? slice(s, i.v, -1)
          : super.call(a, b);
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
      return a instanceof LuaString s && b instanceof LuaInteger i && c instanceof LuaInteger j
          ? slice(s, i.v, j.v)
          : super.call(a, b, c);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return slice(args.checkstring(1), Arguments.integer(args, 2), Arguments.integer(args, 3, -1));
    }
  }

  /** A function of one string. */
  private abstract static class OfString extends LibraryFunction {
    OfString(String name) {
      super(name);
    }

    abstract LuaValue of(LuaString s);

    @Override
    public LuaValue call(LuaValue a) {
      return a instanceof LuaString s ? of(s) : super.call(a);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return of(args.checkstring(1));
    }
  }

  private static final LibraryFunction[] FUNCTIONS = {
    new Byte(),
    new LibraryFunction("char") {
      @Override
      public LuaValue call(LuaValue a) {
        return a instanceof LuaInteger n && n.v >= 0 && n.v < 256
            ? OneByte.string((byte) n.v)
            : super.call(a);
      }

      @Override
      public Varargs invoke(Varargs args) {
        return chars(args);
      }
    },
    LibraryFunction.of("dump", StringLibrary::dump),
    LibraryFunction.of("format", StringFormat::format),
    new OfString("len") {
      @Override
      LuaValue of(LuaString s) {
        return LuaInteger.valueOf(s.m_length);
      }

      @Override
      public Varargs invoke(Varargs args) {
        // without an argument it says nil, not "no value", in the target too
        return args.narg() == 0 ? call(NIL) : super.invoke(args);
      }
    },
    new OfString("lower") {
      @Override
      LuaValue of(LuaString s) {
        return lower(s);
      }
    },
    LibraryFunction.of("rep", StringLibrary::repeat),
    LibraryFunction.of("reverse", StringLibrary::reverse),
    new Sub(),
    new OfString("upper") {
      @Override
      LuaValue of(LuaString s) {
        return upper(s);
      }
    },
  };
}
