package org.luaj.vm2;

/** A number that is no int: a fraction, a large one, -0, an infinity or NaN. */
public final class LuaDouble extends LuaNumber {
  public static final LuaDouble NAN = new LuaDouble(Double.NaN);
  public static final LuaDouble POSINF = new LuaDouble(Double.POSITIVE_INFINITY);
  public static final LuaDouble NEGINF = new LuaDouble(Double.NEGATIVE_INFINITY);

  /** The Java value. */
  public final double v;

  LuaDouble(double v) {
    this.v = v;
  }

  public static LuaNumber valueOf(double d) {
    int i = (int) d;
    return i == d && (i != 0 || Double.doubleToRawLongBits(d) == 0)
        ? LuaInteger.valueOf(i)
        : new LuaDouble(d);
  }

  @Override
  public boolean isint() {
    return (int) v == v;
  }

  @Override
  public boolean islong() {
    return (long) v == v;
  }

  @Override
  public boolean isvalidkey() {
    return !Double.isNaN(v);
  }

  @Override
  public double todouble() {
    return v;
  }

  /** Returns the number cut to an integer, modulo 2^32. */
  @Override
  public int toint() {
    return (int) (long) v;
  }

  @Override
  public long tolong() {
    return (long) v;
  }

  @Override
  public LuaString strvalue() {
    return NumberFormat.format(v);
  }

  @Override
  public int hashCode() {
    if ((int) v == v) {
      return LuaInteger.hashCode((int) v);
    }
    long bits = Double.doubleToRawLongBits(v) * 0x9E3779B97F4A7C15L;
    return (int) (bits ^ bits >>> 32);
  }
}
