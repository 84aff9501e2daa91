package org.luaj.vm2.compiler;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.Upvaldesc;

/**
 * The names of a function while it is parsed: its locals by block, its labels, its upvalues.
 *
 * <p>Limits and messages are the target's: 200 locals, 120 upvalues.
 */
final class FunctionScope {
  static final int MAX_LOCALS = 200;
  static final int MAX_UPVALUES = 120;

  final FunctionScope parent;
  final int line;
  final List<Variable> parameters = new ArrayList<>();

  /** Names and places of upvalues; the variable is there if it is a local of the parent. */
  final List<Captured> upvalues = new ArrayList<>();

  boolean vararg;

  private final Lexer lexer;
  private final List<Variable> active = new ArrayList<>();
  private Block block;

  record Captured(String name, Variable local, int index) {
    Upvaldesc description() {
      return local != null
          ? new Upvaldesc(name, true, local.register)
          : new Upvaldesc(name, false, index);
    }
  }

  /** A block: where its locals begin, its labels, and the jumps that look for one. */
  private static final class Block {
    final Block outer;
    final int firstLocal;
    final Label exit;
    final List<Label> labels = new ArrayList<>();
    List<Jump> jumps = new ArrayList<>();

    Block(Block outer, int firstLocal, Label exit) {
      this.outer = outer;
      this.firstLocal = firstLocal;
      this.exit = exit;
    }
  }

  /** A goto whose label is not known yet: label is what it will share with it. */
  private static final class Jump {
    final Label label;
    final int line;
    int locals;

    Jump(Label label, int line, int locals) {
      this.label = label;
      this.line = line;
      this.locals = locals;
    }
  }

  FunctionScope(FunctionScope parent, Lexer lexer, int line) {
    this.parent = parent;
    this.lexer = lexer;
    this.line = line;
  }

  // Blocks.

  /** Opens a block; exit is what break goes to, null for a block that is no loop. */
  void open(Label exit) {
    block = new Block(block, active.size(), exit);
  }

  void close() {
    Block closed = block;
    block = closed.outer;
    while (active.size() > closed.firstLocal) {
      active.removeLast();
    }
    for (Jump jump : closed.jumps) {
      if (block == null) {
        throw lexer.errorAt(
            jump.line,
            jump.label.name.equals(Parser.BREAK)
                ? "no loop to break"
                : "undefined label '" + jump.label.name + "'");
      }
      jump.locals = Math.min(jump.locals, active.size());
      block.jumps.add(jump);
    }
    if (block != null) {
      resolve();
    }
  }

  /** Ties the jumps of the current block to labels that stand in it before them. */
  private void resolve() {
    List<Jump> open = new ArrayList<>();
    for (Jump jump : block.jumps) {
      Label target = find(jump.label.name);
      if (target == null) {
        open.add(jump);
      } else {
        alias(jump.label, target);
      }
    }
    block.jumps = open;
  }

  private Label find(String name) {
    for (Label label : block.labels) {
      if (label.name.equals(name)) {
        return label;
      }
    }
    return null;
  }

  private static void alias(Label jump, Label target) {
    jump.target = target;
  }

  Label exit() {
    for (Block b = block; b != null; b = b.outer) {
      if (b.exit != null) {
        return b.exit;
      }
    }
    return null;
  }

  // Labels.

  Label jump(String name, int line) {
    Label known = find(name);
    if (known != null) {
      return known;
    }
    Label label = new Label(name);
    block.jumps.add(new Jump(label, line, active.size()));
    return label;
  }

  Label label(String name) {
    if (find(name) != null) {
      throw lexer.error("duplicate label '" + name + "'", 0);
    }
    Label label = new Label(name);
    label.locals = active.size();
    block.labels.add(label);
    return label;
  }

  /** Ties waiting jumps to a label; at the end of a block it stands outside the block's locals. */
  void arrive(Label label, boolean last) {
    if (last) {
      label.locals = block.firstLocal;
    }
    List<Jump> open = new ArrayList<>();
    for (Jump jump : block.jumps) {
      if (!jump.label.name.equals(label.name)) {
        open.add(jump);
      } else if (jump.locals < label.locals) {
        throw lexer.errorAt(
            jump.line,
            "<goto "
                + label.name
                + "> jumps into the scope of local '"
                + active.get(jump.locals).name
                + "'");
      } else {
        alias(jump.label, label);
      }
    }
    block.jumps = open;
  }

  // Names.

  void declare(Variable variable) {
    if (active.size() >= MAX_LOCALS) {
      throw limit(MAX_LOCALS, "local variables");
    }
    active.add(variable);
  }

  void checkRoom(int more) {
    if (active.size() + more > MAX_LOCALS) {
      throw limit(MAX_LOCALS, "local variables");
    }
  }

  RuntimeException limit(int most, String what) {
    String where = line == 0 ? "main function" : "function at line " + line;
    return lexer.error(where + " has more than " + most + " " + what, 0);
  }

  Variable local(String name) {
    for (int i = active.size() - 1; i >= 0; i--) {
      if (active.get(i).name.equals(name)) {
        return active.get(i);
      }
    }
    return null;
  }

  /** Returns the index of an upvalue, -1 where the name is no local of any outer function. */
  int upvalue(String name) {
    for (int i = 0; i < upvalues.size(); i++) {
      if (upvalues.get(i).name().equals(name) && isCurrent(upvalues.get(i), name)) {
        return i;
      }
    }
    if (parent == null) {
      return -1;
    }
    Variable outer = parent.local(name);
    int index = -1;
    if (outer != null) {
      outer.captured = true;
    } else {
      index = parent.upvalue(name);
      if (index < 0) {
        return -1;
      }
    }
    if (upvalues.size() >= MAX_UPVALUES) {
      throw limit(MAX_UPVALUES, "upvalues");
    }
    upvalues.add(new Captured(name, outer, index));
    return upvalues.size() - 1;
  }

  /** Outer locals do not change while an inner function is parsed, so a name means one variable. */
  private boolean isCurrent(Captured captured, String name) {
    return captured.local() == null || captured.local() == parent.local(name);
  }
}
