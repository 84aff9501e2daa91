package org.luaj.vm2.compiler;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;
import org.luaj.vm2.compiler.Tree.Operator;

/**
 * Code for expressions.
 *
 * <p>A target register is fresh: it is the last one allocated and holds nothing, so that code may
 * use it before the value is complete.
 */
abstract class ExpressionGenerator extends ConditionGenerator {
  private static final int LIST_CHUNK = 50;

  final List<Prototype> functions = new ArrayList<>();

  ExpressionGenerator(FunctionScope scope, Lexer lexer) {
    super(scope, lexer);
  }

  abstract Prototype function(Tree.Function f);

  static boolean isOpen(Tree.Expression e) {
    return e instanceof Tree.Call || e instanceof Tree.Method || e instanceof Tree.Vararg;
  }

  /** Evaluates into a new register and returns it. */
  int fresh(Tree.Expression e) {
    int register = allocate();
    expression(e, register);
    return register;
  }

  @Override
  int any(Tree.Expression e) {
    if (e instanceof Tree.Local(Variable v, int at) && !v.captured) {
      line = at;
      return v.register;
    }
    return fresh(e);
  }

  /** As {@link #any}, with a register to use where one is needed. */
  private int any(Tree.Expression e, int target) {
    if (e instanceof Tree.Local(Variable v, int at) && !v.captured) {
      line = at;
      return v.register;
    }
    if (target == free - 1) {
      expression(e, target);
      return target;
    }
    return fresh(e);
  }

  /** Evaluates one value into a fresh register. */
  void expression(Tree.Expression e, int target) {
    switch (e) {
      case Tree.Constant(LuaValue value, int at) -> {
        line = at;
        load(target, value);
      }
      case Tree.Local(Variable v, int at) -> {
        line = at;
        abc(v.captured ? Opcode.GETCELL : Opcode.MOVE, target, v.register, 0);
      }
      case Tree.Upvalue(int index, int at) -> {
        line = at;
        abc(Opcode.GETUPVAL, target, index, 0);
      }
      case Tree.Global g -> {
        line = g.line();
        global(g.name(), target);
      }
      case Tree.Index i -> index(i, target);
      case Tree.Call c -> call(c, target, 2);
      case Tree.Method m -> call(m, target, 2);
      case Tree.Vararg(int at) -> {
        line = at;
        abc(Opcode.VARARG, target, 0, 2);
      }
      case Tree.Function f -> {
        functions.add(function(f));
        line = f.endLine();
        ad(Opcode.CLOSURE, target, functions.size() - 1);
      }
      case Tree.Binary b -> binary(b, target);
      case Tree.And a -> shortCircuit(a.left(), a.right(), false, target);
      case Tree.Or o -> shortCircuit(o.left(), o.right(), true, target);
      case Tree.Unary u -> unary(u, target);
      case Tree.Paren p -> expression(p.inner(), target);
      case Tree.Table t -> table(t, target);
    }
  }

  private void global(LuaString name, int target) {
    int index = constant(name);
    if (index < 65536) {
      ad(Opcode.GETGLOBAL, target, index);
      return;
    }
    int mark = free;
    int key = allocate();
    load(key, name);
    abc(Opcode.ENVIRONMENT, target, 0, 0);
    abc(Opcode.GETTABLE, target, target, key);
    free = mark;
  }

  void storeGlobal(LuaString name, int value) {
    int index = constant(name);
    if (index < 65536) {
      ad(Opcode.SETGLOBAL, value, index);
      return;
    }
    int mark = free;
    int environment = allocate();
    abc(Opcode.ENVIRONMENT, environment, 0, 0);
    int key = allocate();
    load(key, name);
    abc(Opcode.SETTABLE, environment, key, value);
    free = mark;
  }

  // Indexing.

  private void index(Tree.Index i, int target) {
    int mark = free;
    int object = any(i.object(), target);
    if (i.key() instanceof Tree.Constant(LuaString name, _) && smallConstant(name) >= 0) {
      line = i.line();
      abc(Opcode.GETFIELD, target, object, smallConstant(name));
    } else if (i.key() instanceof Tree.Constant(LuaInteger n, _) && n.v >= 0 && n.v < 256) {
      line = i.line();
      abc(Opcode.GETINT, target, object, n.v);
    } else {
      int key = any(i.key());
      line = i.line();
      abc(Opcode.GETTABLE, target, object, key);
    }
    free = mark;
  }

  /** Stores a register in a field of an object in a register; a constant key is no register. */
  void store(int object, Tree.Expression key, int keyRegister, int value) {
    if (keyRegister >= 0) {
      abc(Opcode.SETTABLE, object, keyRegister, value);
    } else if (key instanceof Tree.Constant(LuaInteger n, _)) {
      abc(Opcode.SETINT, object, n.v, value);
    } else {
      abc(Opcode.SETFIELD, object, smallConstant(((Tree.Constant) key).value()), value);
    }
  }

  /** Tells whether a key goes into the instruction itself. */
  boolean isImmediate(Tree.Expression key) {
    return key instanceof Tree.Constant(LuaString name, _) && smallConstant(name) >= 0
        || key instanceof Tree.Constant(LuaInteger n, _) && n.v >= 0 && n.v < 256;
  }

  // Operators.

  private void binary(Tree.Binary b, int target) {
    Operator o = b.operator();
    if (o == Operator.CONCAT) {
      concat(b, target);
      return;
    }
    if (o.isComparison()) {
      Label yes = new Label("");
      Label end = new Label("");
      condition(b, true, yes);
      abc(Opcode.LOADFALSE, target, 0, 0);
      jump(end);
      place(yes);
      abc(Opcode.LOADTRUE, target, 0, 0);
      place(end);
      return;
    }
    int mark = free;
    int left = any(b.left(), target);
    if (b.right() instanceof Tree.Constant(LuaNumber n, _) && smallConstant(n) >= 0) {
      line = b.line();
      abc(o.opcode + Opcode.ADDK - Opcode.ADD, target, left, smallConstant(n));
    } else {
      int right = any(b.right());
      line = b.line();
      abc(o.opcode, target, left, right);
    }
    free = mark;
  }

  private void concat(Tree.Binary b, int target) {
    int mark = free;
    int first = target == free - 1 ? target : allocate();
    expression(b.left(), first);
    Tree.Expression right = b.right();
    while (right instanceof Tree.Binary r && r.operator() == Operator.CONCAT) {
      fresh(r.left());
      right = r.right();
    }
    int last = fresh(right);
    line = b.line();
    abc(Opcode.CONCAT, target, first, last);
    free = mark;
  }

  private void unary(Tree.Unary u, int target) {
    int mark = free;
    int operand = any(u.operand(), target);
    line = u.line();
    abc(u.opcode(), target, operand, 0);
    free = mark;
  }

  private void shortCircuit(
      Tree.Expression left, Tree.Expression right, boolean decisive, int target) {
    Label end = new Label("");
    expression(left, target);
    abc(Opcode.TEST, target, 0, decisive ? 1 : 0);
    jump(end);
    expression(right, target);
    place(end);
  }

  // Calls.

  /** Puts function and arguments in registers and calls; results is C of the instruction. */
  void call(Tree.Expression e, int target, int results) {
    int mark = free;
    int base = target >= 0 && target == free - 1 ? target : allocate();
    int args = prepareCall(e, base);
    abc(Opcode.CALL, base, args, results);
    free = mark;
    if (target >= 0 && base != target) {
      abc(Opcode.MOVE, target, base, 0);
    }
    reserve(results);
  }

  /** Loads function and arguments from a base register on; answers B of the instruction. */
  int prepareCall(Tree.Expression e, int base) {
    List<Tree.Expression> args;
    int callLine;
    int fixed = 0;
    if (e instanceof Tree.Method m) {
      args = m.args();
      callLine = m.line();
      int object = any(m.object(), base);
      int self = free == base + 1 ? allocate() : base + 1;
      int name = smallConstant(m.name());
      line = callLine;
      if (name >= 0) {
        abc(Opcode.SELF, base, object, name);
      } else {
        abc(Opcode.MOVE, self, object, 0);
        int key = allocate();
        load(key, m.name());
        abc(Opcode.GETTABLE, base, self, key);
      }
      free = base + 2;
      fixed = 1;
    } else {
      Tree.Call c = (Tree.Call) e;
      args = c.args();
      callLine = c.line();
      expression(c.function(), base);
    }
    boolean open = values(args);
    line = callLine;
    return open ? 0 : args.size() + fixed + 1;
  }

  /** Evaluates expressions into new registers; answers whether the last is an open list. */
  boolean values(List<Tree.Expression> list) {
    for (int i = 0; i < list.size(); i++) {
      Tree.Expression e = list.get(i);
      if (i == list.size() - 1 && isOpen(e)) {
        open(e);
        return true;
      }
      fresh(e);
    }
    return false;
  }

  /** Evaluates a call or dots to all its values, beginning at the next free register. */
  void open(Tree.Expression e) {
    if (e instanceof Tree.Vararg(int at)) {
      line = at;
      abc(Opcode.VARARG, free, 0, 0);
      reserve(1);
    } else {
      call(e, -1, 0);
    }
  }

  /** Evaluates a call or dots to so many values in new registers. */
  void several(Tree.Expression e, int count) {
    int base = free;
    if (e instanceof Tree.Vararg(int at)) {
      line = at;
      allocate(count);
      abc(Opcode.VARARG, base, 0, count + 1);
    } else {
      call(e, -1, count + 1);
      allocate(count);
    }
  }

  // Tables.

  private void table(Tree.Table t, int target) {
    int mark = free;
    int table = target == free - 1 ? target : allocate();
    int listSize = 0;
    for (Tree.Field f : t.fields()) {
      listSize += f.key() == null ? 1 : 0;
    }
    line = t.line();
    int fields = t.fields().size();
    boolean open =
        fields > 0 && t.fields().getLast().key() == null && isOpen(t.fields().getLast().value());
    abc(Opcode.NEWTABLE, table, room(listSize - (open ? 1 : 0)), room(fields - listSize));
    int stored = 0;
    int pending = 0;
    for (int i = 0; i < fields; i++) {
      Tree.Field f = t.fields().get(i);
      if (f.key() != null) {
        field(table, f);
      } else if (open && i == fields - 1) {
        open(f.value());
        abc(Opcode.SETLIST, table, 0, 0);
        word(stored);
        pending = 0;
      } else {
        fresh(f.value());
        if (++pending == LIST_CHUNK) {
          flush(table, pending, stored);
          stored += pending;
          pending = 0;
        }
      }
    }
    if (pending > 0) {
      flush(table, pending, stored);
    }
    free = mark;
    if (table != target) {
      abc(Opcode.MOVE, target, table, 0);
    }
  }

  private void flush(int table, int pending, int stored) {
    abc(Opcode.SETLIST, table, pending, 0);
    word(stored);
    free = table + 1;
  }

  private void field(int table, Tree.Field f) {
    int mark = free;
    int key = isImmediate(f.key()) ? -1 : any(f.key());
    int value = any(f.value());
    line = f.line();
    store(table, f.key(), key, value);
    free = mark;
  }

  private static int room(int size) {
    return size < 128 ? size : 128 + 32 - Integer.numberOfLeadingZeros(size - 1);
  }
}
