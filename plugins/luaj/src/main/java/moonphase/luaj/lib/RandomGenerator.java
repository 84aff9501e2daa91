package moonphase.luaj.lib;

import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The random numbers of one VM: xoshiro256**, seeded by splitmix64. One thread at a time.
 *
 * <p>Source: Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators.
 */
final class RandomGenerator {
  private long a;
  private long b;
  private long c;
  private long d;

  RandomGenerator() {
    seed(0);
  }

  private void seed(long seed) {
    a = mix(seed + 0x9E3779B97F4A7C15L);
    b = mix(seed + 0x3C6EF372FE94F82AL);
    c = mix(seed + 0xDAA66D2C7DDF743FL);
    d = mix(seed + 0x78DDE6E5FD29F054L);
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Returns a number from 0 to before 1. */
  private double next() {
    long result = Long.rotateLeft(b * 5, 7) * 9;
    long t = b << 17;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = Long.rotateLeft(d, 45);
    return (result >>> 11) * 0x1p-53;
  }

  Varargs random(Varargs args) {
    double r = next();
    if (args.narg() == 0) {
      return LuaValue.valueOf(r);
    }
    double low = args.checkdouble(1);
    if (args.narg() == 1) {
      return LuaValue.valueOf(Math.floor(r * low) + 1);
    }
    double high = args.checkdouble(2);
    return LuaValue.valueOf(Math.floor(r * (high - low + 1)) + low);
  }

  Varargs seed(Varargs args) {
    seed(Double.doubleToLongBits(args.checkdouble(1)));
    return LuaValue.NONE;
  }
}
