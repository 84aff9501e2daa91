package moonphase.luaj.lib;

import java.util.function.DoubleUnaryOperator;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The library {@code math}. Each VM has a random generator of its own, which starts at the same
 * state.
 *
 * <p>Source: Lua 5.1 manual 5.6; LuaJIT for {@code log}'s base, and for {@code random}, which takes
 * any limits. Deviation: the sequence after a {@code randomseed} is not LuaJIT's.
 */
public final class MathLibrary implements Library {
  @Override
  public void open(Globals globals) {
    LuaTable math = LibraryFunction.into(new LuaTable(), FUNCTIONS);
    math.rawset("pi", LuaValue.valueOf(Math.PI));
    math.rawset("huge", LuaValue.valueOf(Double.POSITIVE_INFINITY));
    RandomGenerator random = new RandomGenerator();
    LibraryFunction.into(
        math,
        LibraryFunction.of("random", random::random),
        LibraryFunction.of("randomseed", random::seed));
    Arguments.install(globals, "math", math);
  }

  /** A function of one number. */
  private static final class OfNumber extends LibraryFunction {
    private final DoubleUnaryOperator body;

    OfNumber(String name, DoubleUnaryOperator body) {
      super(name);
      this.body = body;
    }

    @Override
    public LuaValue call(LuaValue a) {
      return a instanceof LuaNumber n
          ? LuaValue.valueOf(body.applyAsDouble(n.todouble()))
          : super.call(a);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return LuaValue.valueOf(body.applyAsDouble(args.checkdouble(1)));
    }
  }

  /** A function of one number that leaves integers as they are. */
  private static final class Rounding extends LibraryFunction {
    private final DoubleUnaryOperator body;

    Rounding(String name, DoubleUnaryOperator body) {
      super(name);
      this.body = body;
    }

    @Override
    public LuaValue call(LuaValue a) {
      if (a instanceof LuaInteger) {
        return a;
      }
      return a instanceof LuaNumber n
          ? LuaValue.valueOf(body.applyAsDouble(n.todouble()))
          : super.call(a);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return LuaValue.valueOf(body.applyAsDouble(args.checkdouble(1)));
    }
  }

  private static LuaValue log(Varargs args) {
    double x = args.checkdouble(1);
    if (args.narg() < 2) {
      return LuaValue.valueOf(Math.log(x));
    }
    double base = args.checkdouble(2);
    if (base == 10) {
      return LuaValue.valueOf(Math.log10(x));
    }
    return LuaValue.valueOf(log2(x) / log2(base));
  }

  private static double log2(double x) {
    // exact for powers of two, which is what a base of two is used for
    if (x > 0 && x < Double.POSITIVE_INFINITY && x == Math.scalb(1.0, Math.getExponent(x))) {
      return Math.getExponent(x);
    }
    return Math.log(x) / Math.log(2);
  }

  private static LuaValue extreme(Varargs args, boolean greatest) {
    double best = args.checkdouble(1);
    for (int i = 2, n = args.narg(); i <= n; i++) {
      double x = args.checkdouble(i);
      // a comparison with NaN chooses the later operand
      best = (greatest ? best > x : best < x) ? best : x;
    }
    return LuaValue.valueOf(best);
  }

  private static Varargs modf(Varargs args) {
    double x = args.checkdouble(1);
    double whole = x < 0 || 1 / x < 0 ? Math.ceil(x) : Math.floor(x);
    double rest = Double.isInfinite(x) ? Math.copySign(0, x) : Math.copySign(x - whole, x);
    return LuaValue.varargsOf(LuaValue.valueOf(whole), LuaValue.valueOf(rest));
  }

  private static Varargs frexp(Varargs args) {
    double x = args.checkdouble(1);
    if (x == 0 || Double.isInfinite(x) || Double.isNaN(x)) {
      return LuaValue.varargsOf(LuaValue.valueOf(x), LuaValue.ZERO);
    }
    int shift = 0;
    if (Math.getExponent(x) < Double.MIN_EXPONENT) {
      x *= 0x1p54;
      shift = 54;
    }
    int exponent = Math.getExponent(x) + 1;
    return LuaValue.varargsOf(
        LuaValue.valueOf(Math.scalb(x, -exponent)), LuaValue.valueOf(exponent - shift));
  }

  private static LuaValue ldexp(Varargs args) {
    double x = args.checkdouble(1);
    int exponent = Arguments.integer(args, 2);
    return LuaValue.valueOf(Math.scalb(x, exponent));
  }

  private static LuaValue pow(Varargs args) {
    return LuaValue.valueOf(Math.pow(args.checkdouble(1), args.checkdouble(2)));
  }

  private static LuaValue fmod(Varargs args) {
    return LuaValue.valueOf(args.checkdouble(1) % args.checkdouble(2));
  }

  private static LuaValue atan2(Varargs args) {
    return LuaValue.valueOf(Math.atan2(args.checkdouble(1), args.checkdouble(2)));
  }

  private static final class Extreme extends LibraryFunction {
    private final boolean greatest;

    Extreme(String name, boolean greatest) {
      super(name);
      this.greatest = greatest;
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
      if (a instanceof LuaInteger m && b instanceof LuaInteger n) {
        return m.v > n.v == greatest ? a : b;
      }
      return super.call(a, b);
    }

    @Override
    public Varargs invoke(Varargs args) {
      return extreme(args, greatest);
    }
  }

  private static final LibraryFunction[] FUNCTIONS = {
    new OfNumber("abs", Math::abs),
    new OfNumber("acos", Math::acos),
    new OfNumber("asin", Math::asin),
    new OfNumber("atan", Math::atan),
    LibraryFunction.of("atan2", MathLibrary::atan2),
    new Rounding("ceil", Math::ceil),
    new OfNumber("cos", Math::cos),
    new OfNumber("cosh", Math::cosh),
    new OfNumber("deg", x -> x * (180 / Math.PI)),
    new OfNumber("exp", Math::exp),
    new Rounding("floor", Math::floor),
    LibraryFunction.of("fmod", MathLibrary::fmod),
    LibraryFunction.of("frexp", MathLibrary::frexp),
    LibraryFunction.of("ldexp", MathLibrary::ldexp),
    LibraryFunction.of("log", MathLibrary::log),
    new OfNumber("log10", Math::log10),
    new Extreme("max", true),
    new Extreme("min", false),
    LibraryFunction.of("modf", MathLibrary::modf),
    LibraryFunction.of("pow", MathLibrary::pow),
    new OfNumber("rad", x -> x * (Math.PI / 180)),
    new OfNumber("sin", Math::sin),
    new OfNumber("sinh", Math::sinh),
    new OfNumber("sqrt", Math::sqrt),
    new OfNumber("tan", Math::tan),
    new OfNumber("tanh", Math::tanh),
  };
}
