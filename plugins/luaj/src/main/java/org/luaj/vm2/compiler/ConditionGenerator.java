package org.luaj.vm2.compiler;

import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.Tree.Operator;

/** Code that jumps by the truth of an expression, without making a value of it. */
abstract class ConditionGenerator extends CodeBuffer {
  ConditionGenerator(FunctionScope scope, Lexer lexer) {
    super(scope, lexer);
  }

  /** Returns a register that holds the value: a local's own, or a new one. */
  abstract int any(Tree.Expression e);

  /** Jumps to a label where the truth of an expression is as given, else goes on. */
  void condition(Tree.Expression e, boolean when, Label to) {
    switch (e) {
      case Tree.Paren p -> condition(p.inner(), when, to);
      case Tree.Constant(LuaValue value, int at) -> {
        line = at;
        if (value.toboolean() == when) {
          jump(to);
        }
      }
      case Tree.Unary u when u.opcode() == Opcode.NOT -> condition(u.operand(), !when, to);
      case Tree.And a -> both(a.left(), a.right(), false, when, to);
      case Tree.Or o -> both(o.left(), o.right(), true, when, to);
      case Tree.Binary b when b.operator().isComparison() -> comparison(b, when, to);
      default -> {
        int mark = free;
        int register = any(e);
        abc(Opcode.TEST, register, 0, when ? 1 : 0);
        jump(to);
        free = mark;
      }
    }
  }

  private void both(
      Tree.Expression left, Tree.Expression right, boolean decisive, boolean when, Label to) {
    if (when == decisive) {
      condition(left, when, to);
      condition(right, when, to);
    } else {
      Label skip = new Label("");
      condition(left, decisive, skip);
      condition(right, when, to);
      place(skip);
    }
  }

  private void comparison(Tree.Binary b, boolean when, Label to) {
    int mark = free;
    Operator o = b.operator();
    if (o == Operator.EQ || o == Operator.NE) {
      equality(b, when == (o == Operator.EQ), to);
    } else if (b.right() instanceof Tree.Constant(LuaNumber n, _) && smallConstant(n) >= 0) {
      int left = any(b.left());
      line = b.line();
      abc(withConstant(o), left, smallConstant(n), when ? 1 : 0);
      jump(to);
    } else {
      int left = any(b.left());
      int right = any(b.right());
      line = b.line();
      boolean swap = o == Operator.GT || o == Operator.GE;
      abc(o.opcode, swap ? right : left, swap ? left : right, when ? 1 : 0);
      jump(to);
    }
    free = mark;
  }

  private static int withConstant(Operator o) {
    return switch (o) {
      case LT -> Opcode.LTK;
      case LE -> Opcode.LEK;
      case GT -> Opcode.GTK;
      default -> Opcode.GEK;
    };
  }

  private void equality(Tree.Binary b, boolean when, Label to) {
    Tree.Expression left = b.left();
    Tree.Expression right = b.right();
    if (left instanceof Tree.Constant && !(right instanceof Tree.Constant)) {
      left = b.right();
      right = b.left();
    }
    int x = any(left);
    if (right instanceof Tree.Constant(LuaValue value, _) && smallConstant(value) >= 0) {
      line = b.line();
      abc(Opcode.EQK, x, smallConstant(value), when ? 1 : 0);
    } else {
      int y = any(right);
      line = b.line();
      abc(Opcode.EQ, x, y, when ? 1 : 0);
    }
    jump(to);
  }
}
