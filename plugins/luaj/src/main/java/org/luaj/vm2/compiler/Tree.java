package org.luaj.vm2.compiler;

import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The program as a tree, names resolved: what the parser hands to the generator. */
final class Tree {
  private Tree() {}

  sealed interface Expression {}

  /** nil, true, false, a number or a string. */
  record Constant(LuaValue value, int line) implements Expression {}

  record Vararg(int line) implements Expression {}

  record Local(Variable variable, int line) implements Expression {}

  record Upvalue(int index, int line) implements Expression {}

  record Global(LuaString name, int line) implements Expression {}

  record Index(Expression object, Expression key, int line) implements Expression {}

  record Call(Expression function, List<Expression> args, int line) implements Expression {}

  record Method(Expression object, LuaString name, List<Expression> args, int line)
      implements Expression {}

  /**
   * A function's text; the scope knows its parameters and upvalues. The last token of a chunk may
   * stand before its last line.
   */
  record Function(FunctionScope scope, List<Statement> body, int line, int lastLine, int endLine)
      implements Expression {}

  /** An arithmetic operator (the opcode), a comparison or a concatenation. */
  record Binary(Operator operator, Expression left, Expression right, int line)
      implements Expression {}

  record And(Expression left, Expression right) implements Expression {}

  record Or(Expression left, Expression right) implements Expression {}

  /** UNM, NOT or LEN. */
  record Unary(int opcode, Expression operand, int line) implements Expression {}

  /** An expression in parentheses: one value. */
  record Paren(Expression inner) implements Expression {}

  /** Fields in order; a null key means the next list element. */
  record Table(List<Field> fields, int line) implements Expression {}

  record Field(Expression key, Expression value, int line) {}

  sealed interface Statement {}

  record LocalDeclaration(List<Variable> variables, List<Expression> values, int line)
      implements Statement {}

  record LocalFunction(Variable variable, Function function, int line) implements Statement {}

  record Assignment(List<Expression> targets, List<Expression> values, int line)
      implements Statement {}

  record CallStatement(Expression call, int line) implements Statement {}

  record Block(List<Statement> body) implements Statement {}

  record While(Expression condition, List<Statement> body, Label exit, int line)
      implements Statement {}

  record Repeat(List<Statement> body, Expression condition, Label exit, int line)
      implements Statement {}

  record If(List<Expression> conditions, List<List<Statement>> blocks, int line)
      implements Statement {}

  record NumericFor(
      Variable variable,
      Expression start,
      Expression limit,
      Expression step,
      List<Statement> body,
      Label exit,
      int line)
      implements Statement {}

  record GenericFor(
      List<Variable> variables, List<Expression> values, List<Statement> body, Label exit, int line)
      implements Statement {}

  record Return(List<Expression> values, int line) implements Statement {}

  record Goto(Label label, int line) implements Statement {}

  record Mark(Label label) implements Statement {}

  /** Binary operators with their precedence to the left and to the right. */
  enum Operator {
    ADD(6, 6, Opcode.ADD),
    SUB(6, 6, Opcode.SUB),
    MUL(7, 7, Opcode.MUL),
    DIV(7, 7, Opcode.DIV),
    MOD(7, 7, Opcode.MOD),
    POW(10, 9, Opcode.POW),
    CONCAT(5, 4, Opcode.CONCAT),
    EQ(3, 3, Opcode.EQ),
    NE(3, 3, Opcode.EQ),
    LT(3, 3, Opcode.LT),
    LE(3, 3, Opcode.LE),
    GT(3, 3, Opcode.LT),
    GE(3, 3, Opcode.LE),
    AND(2, 2, -1),
    OR(1, 1, -1);

    final int left;
    final int right;
    final int opcode;

    Operator(int left, int right, int opcode) {
      this.left = left;
      this.right = right;
      this.opcode = opcode;
    }

    boolean isArithmetic() {
      return ordinal() <= POW.ordinal();
    }

    boolean isComparison() {
      return this != AND && this != OR && ordinal() >= EQ.ordinal();
    }
  }
}
