package moonphase.luaj.lib;

import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code bit}: twelve functions on signed 32 bit integers.
 *
 * <p>A number is rounded to an integer, halves to the even one, and taken modulo 2^32.
 *
 * <p>Source: the documentation of Lua BitOp, <a href="https://bitop.luajit.org/semantics.html">
 * Operational Semantics</a>.
 */
public final class BitLibrary implements Library {
  @Override
  public void open(Globals globals) {
    Arguments.install(globals, "bit", LibraryFunction.into(new LuaTable(), FUNCTIONS));
  }

  private static int bits(double d) {
    // the sum's last bit is worth one, so that its low word is the rounded integer
    return (int) Double.doubleToRawLongBits(d + 0x1.8p52);
  }

  private static int bits(Varargs args, int i) {
    LuaValue v = args.arg(i);
    return v instanceof LuaInteger n ? n.v : bits(args.checkdouble(i));
  }

  private static LuaValue toHex(Varargs args) {
    int value = bits(args, 1);
    int digits = args.narg() < 2 ? 8 : bits(args, 2);
    String set = digits < 0 ? "0123456789ABCDEF" : "0123456789abcdef";
    int count = Math.min(digits == Integer.MIN_VALUE ? 254 : Math.abs(digits), 254);
    byte[] text = new byte[count];
    for (int i = count - 1; i >= 0; i--) {
      text[i] = (byte) set.charAt(value & 15);
      value >>>= 4;
    }
    return LuaString.valueUsing(text);
  }

  /** A function of one integer. */
  private abstract static class OfOne extends LibraryFunction {
    OfOne(String name) {
      super(name);
    }

    abstract int of(int a);

    @Override
    public LuaValue call(LuaValue a) {
      return a instanceof LuaInteger n ? LuaInteger.valueOf(of(n.v)) : super.call(a);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return LuaInteger.valueOf(of(bits(args, 1)));
    }
  }

  /** A function of two integers; further ones are folded in where it is one of many. */
  private abstract static class OfTwo extends LibraryFunction {
    private final boolean many;

    OfTwo(String name, boolean many) {
      super(name);
      this.many = many;
    }

    abstract int of(int a, int b);

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      return a instanceof LuaInteger m && b instanceof LuaInteger n
          ? LuaInteger.valueOf(of(m.v, n.v))
          : super.call(a, b);
    }

    @Override
    public Varargs invoke(Varargs args) {
      int result = bits(args, 1);
      int n = many ? args.narg() : 2;
      for (int i = 2; i <= n; i++) {
        result = of(result, bits(args, i));
      }
      return LuaInteger.valueOf(result);
    }
  }

  private static final LibraryFunction[] FUNCTIONS = {
    new OfOne("tobit") {
      @Override
      int of(int a) {
        return a;
      }
    },
    new OfOne("bnot") {
      @Override
      int of(int a) {
        return ~a;
      }
    },
    new OfOne("bswap") {
      @Override
      int of(int a) {
        return Integer.reverseBytes(a);
      }
    },
    new OfTwo("band", true) {
      @Override
      int of(int a, int b) {
        return a & b;
      }
    },
    new OfTwo("bor", true) {
      @Override
      int of(int a, int b) {
        return a | b;
      }
    },
    new OfTwo("bxor", true) {
      @Override
      int of(int a, int b) {
        return a ^ b;
      }
    },
    new OfTwo("lshift", false) {
      @Override
      int of(int a, int b) {
        return a << b;
      }
    },
    new OfTwo("rshift", false) {
      @Override
      int of(int a, int b) {
        return a >>> b;
      }
    },
    new OfTwo("arshift", false) {
      @Override
      int of(int a, int b) {
        return a >> b;
      }
    },
    new OfTwo("rol", false) {
      @Override
      int of(int a, int b) {
        return Integer.rotateLeft(a, b);
      }
    },
    new OfTwo("ror", false) {
      @Override
      int of(int a, int b) {
        return Integer.rotateRight(a, b);
      }
    },
    LibraryFunction.of("tohex", BitLibrary::toHex),
  };
}
