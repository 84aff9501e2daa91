package org.luaj.vm2.compiler;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Statements of the language. Source: Lua 5.1 manual 8; goto and the rest as LuaJIT reads them. */
final class Parser extends ExpressionParser {
  /** What break jumps to; a reserved word, so no label of a program has this name. */
  static final String BREAK = "break";

  Parser(Lexer lexer) {
    super(lexer);
  }

  /** Parses a whole chunk. */
  Tree.Function chunk() {
    lexer.next();
    scope = new FunctionScope(null, lexer, 0);
    scope.vararg = true;
    scope.open(null);
    List<Tree.Statement> body = block();
    if (lexer.token != Token.EOF) {
      throw expected(Token.EOF);
    }
    scope.close();
    return new Tree.Function(scope, body, 0, lexer.line, lexer.lastLine);
  }

  private boolean atEnd() {
    return switch (lexer.token) {
      case Token.ELSE, Token.ELSEIF, Token.END, Token.EOF, Token.UNTIL -> true;
      default -> false;
    };
  }

  @Override
  List<Tree.Statement> block() {
    enter();
    List<Tree.Statement> statements = new ArrayList<>();
    boolean last = false;
    while (!last && !atEnd()) {
      last = lexer.token == Token.RETURN;
      statement(statements);
      accept(';');
    }
    leave();
    return statements;
  }

  private List<Tree.Statement> scoped(Label exit) {
    scope.open(exit);
    List<Tree.Statement> body = block();
    scope.close();
    return body;
  }

  private void statement(List<Tree.Statement> out) {
    int line = lexer.line;
    switch (lexer.token) {
      case ';' -> lexer.next();
      case Token.IF -> out.add(ifStatement(line));
      case Token.WHILE -> out.add(whileLoop(line));
      case Token.DO -> {
        lexer.next();
        out.add(new Tree.Block(scoped(null)));
        match(Token.END, Token.DO, line);
      }
      case Token.FOR -> out.add(forLoop(line));
      case Token.REPEAT -> out.add(repeatLoop(line));
      case Token.FUNCTION -> out.add(functionStatement(line));
      case Token.LOCAL -> {
        lexer.next();
        if (accept(Token.FUNCTION)) {
          Variable variable = new Variable(name().toLatin1());
          scope.declare(variable);
          out.add(new Tree.LocalFunction(variable, function(false, line), line));
        } else {
          out.add(localDeclaration());
        }
      }
      case Token.RETURN -> {
        lexer.next();
        List<Tree.Expression> values = atEnd() || lexer.token == ';' ? List.of() : expressions();
        out.add(new Tree.Return(values, lexer.lastLine));
      }
      case Token.BREAK -> {
        lexer.next();
        Label exit = scope.exit();
        out.add(new Tree.Goto(exit != null ? exit : scope.jump(BREAK, line), line));
      }
      case Token.GOTO -> {
        lexer.next();
        out.add(new Tree.Goto(scope.jump(name().toLatin1(), line), line));
      }
      case Token.LABEL -> label(out);
      default -> callOrAssignment(out);
    }
  }

  private void label(List<Tree.Statement> out) {
    lexer.next();
    Label label = scope.label(name().toLatin1());
    expect(Token.LABEL);
    out.add(new Tree.Mark(label));
    while (lexer.token == Token.LABEL || lexer.token == ';') {
      if (lexer.token == ';') {
        lexer.next();
      } else {
        label(out);
      }
    }
    scope.arrive(label, atEnd() && lexer.token != Token.UNTIL);
  }

  private Tree.Statement ifStatement(int line) {
    List<Tree.Expression> conditions = new ArrayList<>();
    List<List<Tree.Statement>> blocks = new ArrayList<>();
    do {
      lexer.next();
      conditions.add(expression());
      expect(Token.THEN);
      blocks.add(scoped(null));
    } while (lexer.token == Token.ELSEIF);
    if (accept(Token.ELSE)) {
      blocks.add(scoped(null));
    }
    match(Token.END, Token.IF, line);
    return new Tree.If(conditions, blocks, line);
  }

  private Tree.Statement whileLoop(int line) {
    lexer.next();
    Tree.Expression condition = expression();
    expect(Token.DO);
    Label exit = new Label(BREAK);
    List<Tree.Statement> body = scoped(exit);
    match(Token.END, Token.WHILE, line);
    return new Tree.While(condition, body, exit, line);
  }

  private Tree.Statement repeatLoop(int line) {
    lexer.next();
    Label exit = new Label(BREAK);
    scope.open(exit);
    scope.open(null); // labels and locals of the body are visible in the condition
    List<Tree.Statement> body = block();
    match(Token.UNTIL, Token.REPEAT, line);
    Tree.Expression condition = expression();
    scope.close();
    scope.close();
    return new Tree.Repeat(body, condition, exit, line);
  }

  private Tree.Statement forLoop(int line) {
    lexer.next();
    LuaString first = name();
    Tree.Statement loop =
        switch (lexer.token) {
          case '=' -> numericFor(first, line);
          case ',', Token.IN -> genericFor(first);
          default -> throw lexer.error("'=' or 'in' expected", lexer.token);
        };
    match(Token.END, Token.FOR, line);
    return loop;
  }

  private Tree.Statement numericFor(LuaString name, int line) {
    lexer.next();
    Tree.Expression start = expression();
    expect(',');
    Tree.Expression limit = expression();
    Tree.Expression step =
        accept(',') ? expression() : new Tree.Constant(LuaValue.valueOf(1), lexer.lastLine);
    scope.checkRoom(4);
    Label exit = new Label(BREAK);
    Variable variable = new Variable(name.toLatin1());
    List<Tree.Statement> body = loopBody(List.of(variable), exit);
    return new Tree.NumericFor(variable, start, limit, step, body, exit, line);
  }

  private Tree.Statement genericFor(LuaString first) {
    List<Variable> variables = new ArrayList<>();
    variables.add(new Variable(first.toLatin1()));
    while (accept(',')) {
      variables.add(new Variable(name().toLatin1()));
    }
    expect(Token.IN);
    int callLine = lexer.line;
    List<Tree.Expression> values = expressions();
    scope.checkRoom(3 + variables.size());
    Label exit = new Label(BREAK);
    List<Tree.Statement> body = loopBody(variables, exit);
    return new Tree.GenericFor(variables, values, body, exit, callLine);
  }

  private List<Tree.Statement> loopBody(List<Variable> variables, Label exit) {
    expect(Token.DO);
    scope.open(exit);
    variables.forEach(scope::declare);
    List<Tree.Statement> body = scoped(null);
    scope.close();
    return body;
  }

  private Tree.Statement functionStatement(int line) {
    lexer.next();
    Tree.Expression target = variable(name());
    boolean method = false;
    while (lexer.token == '.' || lexer.token == ':') {
      method = lexer.token == ':';
      lexer.next();
      target = new Tree.Index(target, new Tree.Constant(name(), lexer.lastLine), lexer.lastLine);
      if (method) {
        break;
      }
    }
    Tree.Function function = function(method, line);
    return new Tree.Assignment(List.of(target), List.of(function), line);
  }

  private Tree.Statement localDeclaration() {
    List<Variable> variables = new ArrayList<>();
    do {
      variables.add(new Variable(name().toLatin1()));
    } while (accept(','));
    List<Tree.Expression> values = accept('=') ? expressions() : List.of();
    variables.forEach(scope::declare);
    return new Tree.LocalDeclaration(variables, values, lexer.lastLine);
  }

  private void callOrAssignment(List<Tree.Statement> out) {
    Tree.Expression first = suffixed();
    if (first instanceof Tree.Call || first instanceof Tree.Method) {
      out.add(new Tree.CallStatement(first, lexer.lastLine));
      return;
    }
    List<Tree.Expression> targets = new ArrayList<>();
    for (; ; ) {
      checkTarget(first);
      targets.add(first);
      if (!accept(',')) {
        break;
      }
      first = suffixed();
    }
    expect('=');
    List<Tree.Expression> values = expressions();
    out.add(new Tree.Assignment(targets, values, lexer.lastLine));
  }

  private void checkTarget(Tree.Expression e) {
    if (!(e instanceof Tree.Local
        || e instanceof Tree.Upvalue
        || e instanceof Tree.Global
        || e instanceof Tree.Index)) {
      throw lexer.error("syntax error", lexer.token);
    }
  }
}
