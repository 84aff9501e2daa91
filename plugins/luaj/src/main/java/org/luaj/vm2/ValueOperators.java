package org.luaj.vm2;

/**
 * Lua's operators for Java callers, metamethods and coercions included.
 *
 * <p>The interpreter has its own short cuts; both end in {@link Operators}. Errors carry no
 * variable names, for Java code has none.
 */
abstract class ValueOperators extends ValueConversions {
  public LuaValue not() {
    return toboolean() ? LuaValue.FALSE : LuaValue.TRUE;
  }

  public LuaValue neg() {
    return Operators.negate(self());
  }

  /** Returns Lua's {@code #}, metamethod included. */
  public LuaValue len() {
    return Operators.length(self());
  }

  /** Returns Lua's {@code #} as an int. */
  public int length() {
    return len().toint();
  }

  /** Returns the length of a string or table without metamethods. */
  public int rawlen() {
    wrong("table or string");
    return 0;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  public LuaValue eq(LuaValue other) {
    return LuaValue.valueOf(eq_b(other));
  }

  /** Lua's {@code ==}, metamethod included. */
  public boolean eq_b(LuaValue other) {
    return Operators.equal(self(), other);
  }

  public LuaValue neq(LuaValue other) {
    return LuaValue.valueOf(!eq_b(other));
  }

  public boolean neq_b(LuaValue other) {
    return !eq_b(other);
  }

  /** Lua's {@code rawequal}. */
  public boolean raweq(LuaValue other) {
    return this == other;
  }

  public boolean raweq(LuaUserdata other) {
    return raweq((LuaValue) other);
  }

  public boolean raweq(LuaString other) {
    return raweq((LuaValue) other);
  }

  public boolean raweq(double other) {
    return raweq(LuaValue.valueOf(other));
  }

  public boolean raweq(int other) {
    return raweq(LuaValue.valueOf(other));
  }

  public LuaValue add(LuaValue other) {
    return Operators.arith(Operators.ADD, self(), other);
  }

  public LuaValue add(double other) {
    return add(LuaValue.valueOf(other));
  }

  public LuaValue add(int other) {
    return add(LuaValue.valueOf(other));
  }

  public LuaValue sub(LuaValue other) {
    return Operators.arith(Operators.SUB, self(), other);
  }

  public LuaValue sub(double other) {
    return sub(LuaValue.valueOf(other));
  }

  public LuaValue sub(int other) {
    return sub(LuaValue.valueOf(other));
  }

  public LuaValue subFrom(double other) {
    return LuaValue.valueOf(other).sub(self());
  }

  public LuaValue subFrom(int other) {
    return LuaValue.valueOf(other).sub(self());
  }

  public LuaValue mul(LuaValue other) {
    return Operators.arith(Operators.MUL, self(), other);
  }

  public LuaValue mul(double other) {
    return mul(LuaValue.valueOf(other));
  }

  public LuaValue mul(int other) {
    return mul(LuaValue.valueOf(other));
  }

  public LuaValue div(LuaValue other) {
    return Operators.arith(Operators.DIV, self(), other);
  }

  public LuaValue div(double other) {
    return div(LuaValue.valueOf(other));
  }

  public LuaValue div(int other) {
    return div(LuaValue.valueOf(other));
  }

  public LuaValue divInto(double other) {
    return LuaValue.valueOf(other).div(self());
  }

  public LuaValue mod(LuaValue other) {
    return Operators.arith(Operators.MOD, self(), other);
  }

  public LuaValue mod(double other) {
    return mod(LuaValue.valueOf(other));
  }

  public LuaValue mod(int other) {
    return mod(LuaValue.valueOf(other));
  }

  public LuaValue modFrom(double other) {
    return LuaValue.valueOf(other).mod(self());
  }

  public LuaValue pow(LuaValue other) {
    return Operators.arith(Operators.POW, self(), other);
  }

  public LuaValue pow(double other) {
    return pow(LuaValue.valueOf(other));
  }

  public LuaValue pow(int other) {
    return pow(LuaValue.valueOf(other));
  }

  public LuaValue powWith(double other) {
    return LuaValue.valueOf(other).pow(self());
  }

  public LuaValue powWith(int other) {
    return LuaValue.valueOf(other).pow(self());
  }

  public LuaValue lt(LuaValue other) {
    return LuaValue.valueOf(lt_b(other));
  }

  public LuaValue lt(double other) {
    return lt(LuaValue.valueOf(other));
  }

  public LuaValue lt(int other) {
    return lt(LuaValue.valueOf(other));
  }

  public boolean lt_b(LuaValue other) {
    return Operators.less(self(), other);
  }

  public boolean lt_b(int other) {
    return lt_b(LuaValue.valueOf(other));
  }

  public boolean lt_b(double other) {
    return lt_b(LuaValue.valueOf(other));
  }

  public LuaValue lteq(LuaValue other) {
    return LuaValue.valueOf(lteq_b(other));
  }

  public LuaValue lteq(double other) {
    return lteq(LuaValue.valueOf(other));
  }

  public LuaValue lteq(int other) {
    return lteq(LuaValue.valueOf(other));
  }

  public boolean lteq_b(LuaValue other) {
    return Operators.lessOrEqual(self(), other);
  }

  public boolean lteq_b(int other) {
    return lteq_b(LuaValue.valueOf(other));
  }

  public boolean lteq_b(double other) {
    return lteq_b(LuaValue.valueOf(other));
  }

  public LuaValue gt(LuaValue other) {
    return LuaValue.valueOf(gt_b(other));
  }

  public LuaValue gt(double other) {
    return gt(LuaValue.valueOf(other));
  }

  public LuaValue gt(int other) {
    return gt(LuaValue.valueOf(other));
  }

  public boolean gt_b(LuaValue other) {
    return Operators.less(other, self());
  }

  public boolean gt_b(int other) {
    return gt_b(LuaValue.valueOf(other));
  }

  public boolean gt_b(double other) {
    return gt_b(LuaValue.valueOf(other));
  }

  public LuaValue gteq(LuaValue other) {
    return LuaValue.valueOf(gteq_b(other));
  }

  public LuaValue gteq(double other) {
    return gteq(LuaValue.valueOf(other));
  }

  public LuaValue gteq(int other) {
    return gteq(LuaValue.valueOf(other));
  }

  public boolean gteq_b(LuaValue other) {
    return Operators.lessOrEqual(other, self());
  }

  public boolean gteq_b(int other) {
    return gteq_b(LuaValue.valueOf(other));
  }

  public boolean gteq_b(double other) {
    return gteq_b(LuaValue.valueOf(other));
  }

  /** Lua's {@code ..}, metamethod included. */
  public LuaValue concat(LuaValue other) {
    return Operators.concat(self(), other);
  }

  public LuaValue concatTo(LuaValue left) {
    return left.concat(self());
  }

  public LuaValue concatTo(LuaNumber left) {
    return left.concat(self());
  }

  public LuaValue concatTo(LuaString left) {
    return left.concat(self());
  }

  /** Lua's {@code and}: the other value where this one is true. */
  public LuaValue and(LuaValue other) {
    return toboolean() ? other : self();
  }

  /** Lua's {@code or}: the other value where this one is false. */
  public LuaValue or(LuaValue other) {
    return toboolean() ? self() : other;
  }

  /** Compares two strings byte by byte, unsigned. */
  public int strcmp(LuaValue other) {
    return strcmp(other.checkstring());
  }

  public int strcmp(LuaString other) {
    return checkstring().compare(other);
  }
}
