package org.luaj.vm2.compiler;

import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.Upvaldesc;

/** Code for statements and functions. */
final class Generator extends ExpressionGenerator {
  private final Tree.Function function;
  private final LuaString source;

  Generator(Tree.Function function, LuaString source, Lexer lexer) {
    super(function.scope(), lexer);
    this.function = function;
    this.source = source;
  }

  @Override
  Prototype function(Tree.Function f) {
    return new Generator(f, source, lexer).generate();
  }

  Prototype generate() {
    line = function.line();
    List<Variable> parameters = scope.parameters;
    allocate(parameters.size());
    for (int i = 0; i < parameters.size(); i++) {
      activate(parameters.get(i), i);
    }
    statements(function.body());
    line = function.endLine();
    abc(Opcode.RETURN0, 0, 0, 0);
    deactivate(0);
    Prototype p = new Prototype();
    fill(p);
    p.p = functions.toArray(Prototype[]::new);
    p.source = source;
    p.linedefined = function.line();
    p.lastlinedefined = function.lastLine();
    p.numparams = parameters.size();
    p.is_vararg = scope.vararg;
    p.upvalues =
        scope.upvalues.stream().map(FunctionScope.Captured::description).toArray(Upvaldesc[]::new);
    p.made();
    return p;
  }

  private void statements(List<Tree.Statement> list) {
    for (Tree.Statement s : list) {
      int before = free;
      int locals = activeCount();
      statement(s);
      if (activeCount() == locals) {
        free = before;
      }
    }
  }

  private void block(List<Tree.Statement> body) {
    int before = free;
    int locals = activeCount();
    statements(body);
    deactivate(locals);
    free = before;
  }

  private void statement(Tree.Statement s) {
    switch (s) {
      case Tree.LocalDeclaration l -> declare(l);
      case Tree.LocalFunction f -> declareFunction(f);
      case Tree.Assignment a -> assign(a);
      case Tree.CallStatement c -> call(c.call(), -1, 1);
      case Tree.Block b -> block(b.body());
      case Tree.While w -> whileLoop(w);
      case Tree.Repeat r -> repeatLoop(r);
      case Tree.If i -> branch(i);
      case Tree.NumericFor f -> numericFor(f);
      case Tree.GenericFor f -> genericFor(f);
      case Tree.Return r -> giveBack(r);
      case Tree.Goto g -> {
        line = g.line();
        jump(g.label());
      }
      case Tree.Mark m -> place(m.label());
    }
  }

  // Locals and assignments.

  /** Evaluates expressions to exactly so many values in new registers. */
  private void adjusted(List<Tree.Expression> values, int count) {
    int n = values.size();
    for (int i = 0; i < n; i++) {
      Tree.Expression e = values.get(i);
      if (i == n - 1 && i < count && isOpen(e)) {
        several(e, count - i);
        return;
      }
      if (i < count) {
        fresh(e);
      } else {
        int mark = free;
        fresh(e);
        free = mark;
      }
    }
    if (n < count) {
      int first = allocate(count - n);
      abc(Opcode.LOADNIL, first, first + count - n - 1, 0);
    }
  }

  private void declare(Tree.LocalDeclaration l) {
    int first = free;
    if (l.values().isEmpty()) {
      line = l.line();
    }
    adjusted(l.values(), l.variables().size());
    line = l.line();
    for (Variable v : l.variables()) {
      activate(v, first++);
    }
  }

  private void declareFunction(Tree.LocalFunction f) {
    Variable v = f.variable();
    int register = allocate();
    line = f.function().endLine();
    if (v.captured) {
      abc(Opcode.LOADNIL, register, register, 0);
      activate(v, register);
      int closure = fresh(f.function());
      abc(Opcode.SETCELL, register, closure, 0);
      free = closure;
    } else {
      expression(f.function(), register);
      activate(v, register);
    }
  }

  private void assign(Tree.Assignment a) {
    if (a.targets().size() == 1 && a.values().size() == 1) {
      assignOne(a.targets().getFirst(), a.values().getFirst(), a.line());
      return;
    }
    int count = a.targets().size();
    int[] objects = new int[count];
    int[] keys = new int[count];
    for (int i = 0; i < count; i++) {
      if (a.targets().get(i) instanceof Tree.Index x) {
        objects[i] = fresh(x.object());
        keys[i] = isImmediate(x.key()) ? -1 : fresh(x.key());
      }
    }
    int first = free;
    adjusted(a.values(), count);
    line = a.line();
    for (int i = count - 1; i >= 0; i--) {
      store(a.targets().get(i), objects[i], keys[i], first + i);
    }
  }

  private void assignOne(Tree.Expression target, Tree.Expression value, int atLine) {
    if (target instanceof Tree.Local(Variable v, _) && !v.captured && isDirect(value)) {
      allocate(); // so that the variable's register is not taken for a fresh one
      expression(value, v.register);
      return;
    }
    int object = -1;
    int key = -1;
    if (target instanceof Tree.Index x) {
      object = any(x.object());
      key = isImmediate(x.key()) ? -1 : any(x.key());
    }
    int register = any(value);
    line = atLine;
    store(target, object, key, register);
  }

  /**
   * Tells whether an expression's code writes its target in its last instruction only: then a
   * variable may be the target of an expression that contains it.
   */
  private static boolean isDirect(Tree.Expression e) {
    return switch (e) {
      case Tree.Paren p -> isDirect(p.inner());
      case Tree.And a -> false;
      case Tree.Or o -> false;
      case Tree.Table t -> false;
      case Tree.Binary b -> true;
      default -> true;
    };
  }

  private void store(Tree.Expression target, int object, int key, int value) {
    switch (target) {
      case Tree.Local(Variable v, _) ->
          abc(v.captured ? Opcode.SETCELL : Opcode.MOVE, v.register, value, 0);
      case Tree.Upvalue(int index, _) -> abc(Opcode.SETUPVAL, value, index, 0);
      case Tree.Global g -> storeGlobal(g.name(), value);
      case Tree.Index x -> store(object, x.key(), key, value);
      default -> throw new IllegalStateException("not assignable: " + target);
    }
  }

  // Control.

  private void whileLoop(Tree.While w) {
    Label top = new Label("");
    place(top);
    condition(w.condition(), false, w.exit());
    block(w.body());
    jump(top);
    place(w.exit());
  }

  private void repeatLoop(Tree.Repeat r) {
    Label top = new Label("");
    place(top);
    int before = free;
    int locals = activeCount();
    statements(r.body());
    condition(r.condition(), false, top);
    deactivate(locals);
    free = before;
    place(r.exit());
  }

  private void branch(Tree.If i) {
    Label end = new Label("");
    int conditions = i.conditions().size();
    for (int n = 0; n < i.blocks().size(); n++) {
      Label next = new Label("");
      if (n < conditions) {
        condition(i.conditions().get(n), false, next);
      }
      block(i.blocks().get(n));
      if (n < i.blocks().size() - 1) {
        jump(end);
      }
      place(next);
    }
    place(end);
  }

  private void numericFor(Tree.NumericFor f) {
    int before = free;
    int locals = activeCount();
    int base = fresh(f.start());
    fresh(f.limit());
    fresh(f.step());
    line = f.line();
    hidden(base, "(for index)", "(for limit)", "(for step)");
    int prepare = ad(Opcode.FORPREP, base, 0);
    int variable = allocate();
    int inner = activeCount();
    activate(f.variable(), variable);
    block(f.body());
    deactivate(inner);
    line = f.line();
    int loop = ad(Opcode.FORLOOP, base, 0);
    patch(prepare, pc());
    patch(loop, prepare + 1);
    deactivate(locals);
    free = before;
    place(f.exit());
  }

  private void hidden(int base, String... names) {
    for (String name : names) {
      activate(new Variable(name), base++);
    }
  }

  private void genericFor(Tree.GenericFor f) {
    int before = free;
    int locals = activeCount();
    int base = free;
    adjusted(f.values(), 3);
    line = f.line();
    hidden(base, "(for generator)", "(for state)", "(for control)");
    Label test = new Label("");
    jump(test);
    int body = pc();
    int count = f.variables().size();
    int first = allocate(count);
    reserve(2);
    int inner = activeCount();
    for (Variable v : f.variables()) {
      activate(v, first++);
    }
    block(f.body());
    deactivate(inner);
    line = f.line();
    place(test);
    abc(Opcode.TFORCALL, base, 0, count);
    int loop = ad(Opcode.TFORLOOP, base, 0);
    patch(loop, body);
    deactivate(locals);
    free = before;
    place(f.exit());
  }

  private void giveBack(Tree.Return r) {
    List<Tree.Expression> values = r.values();
    if (values.isEmpty()) {
      line = r.line();
      abc(Opcode.RETURN0, 0, 0, 0);
      return;
    }
    Tree.Expression only = values.getFirst();
    if (values.size() == 1 && !(only instanceof Tree.Vararg)) {
      if (isOpen(only)) {
        int base = allocate();
        int args = prepareCall(only, base);
        abc(Opcode.TAILCALL, base, args, 0);
      } else {
        int register = any(only);
        line = r.line();
        abc(Opcode.RETURN1, register, 0, 0);
      }
      return;
    }
    int first = free;
    boolean open = values(values);
    line = r.line();
    abc(Opcode.RETURN, first, open ? 0 : values.size() + 1, 0);
  }
}
