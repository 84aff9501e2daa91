package org.luaj.vm2.compiler;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.compiler.Tree.Operator;

/** Expressions of the language, names resolved and constants folded as the target does. */
abstract class ExpressionParser {
  private static final int MAX_LEVELS = 200;
  private static final int UNARY_PRIORITY = 8;

  final Lexer lexer;
  FunctionScope scope;
  private int level;

  ExpressionParser(Lexer lexer) {
    this.lexer = lexer;
  }

  abstract List<Tree.Statement> block();

  // Tokens.

  void enter() {
    if (++level > MAX_LEVELS) {
      throw lexer.error("chunk has too many syntax levels", 0);
    }
  }

  void leave() {
    level--;
  }

  boolean accept(int token) {
    if (lexer.token != token) {
      return false;
    }
    lexer.next();
    return true;
  }

  LuaError expected(int token) {
    return lexer.error("'" + Token.text(token) + "' expected", lexer.token);
  }

  void expect(int token) {
    if (!accept(token)) {
      throw expected(token);
    }
  }

  /** Expects what closes something opened on a line. */
  void match(int what, int opened, int line) {
    if (accept(what)) {
      return;
    }
    if (line == lexer.line) {
      throw expected(what);
    }
    throw lexer.error(
        "'"
            + Token.text(what)
            + "' expected (to close '"
            + Token.text(opened)
            + "' at line "
            + line
            + ")",
        lexer.token);
  }

  LuaString name() {
    if (lexer.token != Token.NAME) {
      throw expected(Token.NAME);
    }
    LuaString name = lexer.string;
    lexer.next();
    return name;
  }

  // Expressions.

  List<Tree.Expression> expressions() {
    List<Tree.Expression> list = new ArrayList<>();
    do {
      list.add(expression());
    } while (accept(','));
    return list;
  }

  Tree.Expression expression() {
    return binary(0);
  }

  private Tree.Expression binary(int limit) {
    enter();
    Tree.Expression left = unary();
    for (Operator o = operator(); o != null && o.left > limit; o = operator()) {
      lexer.next();
      Tree.Expression right = binary(o.right);
      left = combine(o, left, right);
    }
    leave();
    return left;
  }

  private Tree.Expression combine(Operator o, Tree.Expression left, Tree.Expression right) {
    if (o == Operator.AND) {
      return new Tree.And(left, right);
    }
    if (o == Operator.OR) {
      return new Tree.Or(left, right);
    }
    if (o.isArithmetic()
        && left instanceof Tree.Constant(LuaNumber x, _)
        && right instanceof Tree.Constant(LuaNumber y, _)) {
      double folded = fold(o, x.todouble(), y.todouble());
      if (!Double.isNaN(folded) && (folded != 0 || 1 / folded > 0)) {
        return new Tree.Constant(LuaDouble.valueOf(folded), lexer.lastLine);
      }
    }
    return new Tree.Binary(o, left, right, lexer.lastLine);
  }

  private static double fold(Operator o, double x, double y) {
    return switch (o) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> x / y;
      case MOD -> x - Math.floor(x / y) * y;
      default -> Math.pow(x, y);
    };
  }

  private Tree.Expression unary() {
    int opcode =
        switch (lexer.token) {
          case Token.NOT -> Opcode.NOT;
          case '-' -> Opcode.UNM;
          case '#' -> Opcode.LEN;
          default -> -1;
        };
    if (opcode < 0) {
      return simple();
    }
    lexer.next();
    Tree.Expression operand = binary(UNARY_PRIORITY);
    if (opcode == Opcode.UNM
        && operand instanceof Tree.Constant(LuaNumber n, _)
        && n.todouble() != 0) {
      return new Tree.Constant(LuaDouble.valueOf(-n.todouble()), lexer.lastLine);
    }
    return new Tree.Unary(opcode, operand, lexer.lastLine);
  }

  private Operator operator() {
    return switch (lexer.token) {
      case '+' -> Operator.ADD;
      case '-' -> Operator.SUB;
      case '*' -> Operator.MUL;
      case '/' -> Operator.DIV;
      case '%' -> Operator.MOD;
      case '^' -> Operator.POW;
      case Token.CONCAT -> Operator.CONCAT;
      case Token.EQ -> Operator.EQ;
      case Token.NE -> Operator.NE;
      case '<' -> Operator.LT;
      case Token.LE -> Operator.LE;
      case '>' -> Operator.GT;
      case Token.GE -> Operator.GE;
      case Token.AND -> Operator.AND;
      case Token.OR -> Operator.OR;
      default -> null;
    };
  }

  private Tree.Expression simple() {
    Tree.Expression e;
    switch (lexer.token) {
      case Token.NUMBER -> e = new Tree.Constant(lexer.number, lexer.line);
      case Token.STRING -> e = new Tree.Constant(lexer.string, lexer.line);
      case Token.NIL -> e = new Tree.Constant(LuaValue.NIL, lexer.line);
      case Token.TRUE -> e = new Tree.Constant(LuaValue.TRUE, lexer.line);
      case Token.FALSE -> e = new Tree.Constant(LuaValue.FALSE, lexer.line);
      case Token.DOTS -> {
        if (!scope.vararg) {
          throw lexer.error("cannot use '...' outside a vararg function", lexer.token);
        }
        e = new Tree.Vararg(lexer.line);
      }
      case '{' -> {
        return table();
      }
      case Token.FUNCTION -> {
        int line = lexer.line;
        lexer.next();
        return function(false, line);
      }
      default -> {
        return suffixed();
      }
    }
    lexer.next();
    return e;
  }

  /** Parses a name or parenthesis and the fields, methods and calls after it. */
  Tree.Expression suffixed() {
    Tree.Expression e = primary();
    for (; ; ) {
      switch (lexer.token) {
        case '.' -> {
          lexer.next();
          e = new Tree.Index(e, new Tree.Constant(name(), lexer.lastLine), lexer.lastLine);
        }
        case '[' -> {
          lexer.next();
          Tree.Expression key = expression();
          expect(']');
          e = new Tree.Index(e, key, lexer.lastLine);
        }
        case ':' -> {
          lexer.next();
          LuaString method = name();
          int line = lexer.line;
          e = new Tree.Method(e, method, arguments(), line);
        }
        case '(', Token.STRING, '{' -> {
          int line = lexer.line;
          e = new Tree.Call(e, arguments(), line);
        }
        default -> {
          return e;
        }
      }
    }
  }

  private Tree.Expression primary() {
    int line = lexer.line;
    if (accept('(')) {
      Tree.Expression inner = expression();
      match(')', '(', line);
      return new Tree.Paren(inner);
    }
    if (lexer.token != Token.NAME) {
      throw lexer.error("unexpected symbol", lexer.token);
    }
    return variable(name());
  }

  Tree.Expression variable(LuaString name) {
    String text = name.toLatin1();
    Variable local = scope.local(text);
    if (local != null) {
      return new Tree.Local(local, lexer.lastLine);
    }
    int upvalue = scope.upvalue(text);
    return upvalue >= 0
        ? new Tree.Upvalue(upvalue, lexer.lastLine)
        : new Tree.Global(name, lexer.lastLine);
  }

  private List<Tree.Expression> arguments() {
    int line = lexer.line;
    switch (lexer.token) {
      case '(' -> {
        lexer.next();
        List<Tree.Expression> args = lexer.token == ')' ? List.of() : expressions();
        match(')', '(', line);
        return args;
      }
      case '{' -> {
        return List.of(table());
      }
      case Token.STRING -> {
        Tree.Expression string = new Tree.Constant(lexer.string, lexer.line);
        lexer.next();
        return List.of(string);
      }
      default -> throw lexer.error("function arguments expected", lexer.token);
    }
  }

  private Tree.Expression table() {
    int line = lexer.line;
    expect('{');
    List<Tree.Field> fields = new ArrayList<>();
    while (lexer.token != '}') {
      Tree.Expression key = null;
      if (lexer.token == '[') {
        lexer.next();
        key = expression();
        expect(']');
        expect('=');
      } else if (lexer.token == Token.NAME && lexer.peek() == '=') {
        key = new Tree.Constant(name(), lexer.lastLine);
        expect('=');
      }
      fields.add(new Tree.Field(key, expression(), lexer.lastLine));
      if (!accept(',') && !accept(';')) {
        break;
      }
    }
    match('}', '{', line);
    return new Tree.Table(fields, line);
  }

  /** Parses parameters and body of a function. */
  Tree.Function function(boolean method, int line) {
    FunctionScope outer = scope;
    scope = new FunctionScope(outer, lexer, line);
    scope.open(null);
    if (method) {
      parameter("self");
    }
    expect('(');
    if (lexer.token != ')') {
      do {
        if (lexer.token == Token.NAME) {
          parameter(name().toLatin1());
        } else if (accept(Token.DOTS)) {
          scope.vararg = true;
        } else {
          throw lexer.error("<name> or '...' expected", lexer.token);
        }
      } while (!scope.vararg && accept(','));
    }
    expect(')');
    List<Tree.Statement> body = block();
    int lastLine = lexer.line;
    match(Token.END, Token.FUNCTION, line);
    FunctionScope own = scope;
    own.close();
    scope = outer;
    return new Tree.Function(own, body, line, lastLine, lastLine);
  }

  private void parameter(String name) {
    Variable variable = new Variable(name);
    scope.declare(variable);
    scope.parameters.add(variable);
  }
}
