package org.luaj.vm2;

/** A number whose value is an int. */
public final class LuaInteger extends LuaNumber {
  /** The Java value. */
  public final int v;

  private LuaInteger(int v) {
    this.v = v;
  }

  public static LuaInteger valueOf(int i) {
    return i >= Cache.LOW && i <= Cache.HIGH ? Cache.VALUES[i - Cache.LOW] : new LuaInteger(i);
  }

  public static LuaNumber valueOf(long l) {
    int i = (int) l;
    return i == l ? valueOf(i) : new LuaDouble(l);
  }

  @Override
  public boolean isint() {
    return true;
  }

  @Override
  public boolean isinttype() {
    return true;
  }

  @Override
  public boolean islong() {
    return true;
  }

  @Override
  public double todouble() {
    return v;
  }

  @Override
  public int toint() {
    return v;
  }

  @Override
  public long tolong() {
    return v;
  }

  @Override
  public LuaString strvalue() {
    return NumberFormat.format(v);
  }

  @Override
  public boolean raweq(int other) {
    return v == other;
  }

  @Override
  public int hashCode() {
    return hashCode(v);
  }

  public static int hashCode(int v) {
    int h = v * 0x9E3779B9;
    return h ^ h >>> 15;
  }

  /** Apart, because the constants of LuaValue are made before this class is initialised. */
  private static final class Cache {
    static final int LOW = -256;
    static final int HIGH = 1023;
    static final LuaInteger[] VALUES = new LuaInteger[HIGH - LOW + 1];

    static {
      for (int i = 0; i < VALUES.length; i++) {
        VALUES[i] = new LuaInteger(i + LOW);
      }
    }
  }
}
