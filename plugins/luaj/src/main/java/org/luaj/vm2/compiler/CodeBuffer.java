package org.luaj.vm2.compiler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LocVars;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Prototype;

/** The instructions of a function under construction: registers, constants, jumps, lines. */
class CodeBuffer {
  /** Registers a function may use; the rest of the 256 is room for calls. */
  static final int MAX_REGISTERS = 250;

  final Lexer lexer;
  final FunctionScope scope;

  /** The line that instructions get. */
  int line;

  /** The first register that is not in use. */
  int free;

  private int[] code = new int[32];
  private int[] lines = new int[32];
  private int size;
  private int registers = 2;
  private final List<LuaValue> constants = new ArrayList<>();
  private final Map<Object, Integer> constantIndexes = new HashMap<>();
  private final List<LocVars> locals = new ArrayList<>();
  private final List<Variable> active = new ArrayList<>();

  CodeBuffer(FunctionScope scope, Lexer lexer) {
    this.scope = scope;
    this.lexer = lexer;
  }

  // Instructions.

  int pc() {
    return size;
  }

  private int emit(int instruction) {
    if (size == code.length) {
      code = Arrays.copyOf(code, size * 2);
      lines = Arrays.copyOf(lines, size * 2);
    }
    code[size] = instruction;
    lines[size] = line;
    return size++;
  }

  int abc(int op, int a, int b, int c) {
    return emit(Opcode.abc(op, a, b, c));
  }

  int ad(int op, int a, int d) {
    return emit(Opcode.ad(op, a, d));
  }

  void word(int value) {
    emit(value);
  }

  // Registers.

  int allocate() {
    return allocate(1);
  }

  int allocate(int count) {
    int first = free;
    free += count;
    if (free > registers) {
      registers = free;
      if (free > MAX_REGISTERS) {
        throw lexer.error("function or expression too complex", 0);
      }
    }
    return first;
  }

  /** Makes sure that registers beyond those allocated exist, for instructions that need them. */
  void reserve(int count) {
    int before = free;
    allocate(count);
    free = before;
  }

  // Jumps.

  /** Emits a jump to a label, placed already or not. */
  void jump(Label to) {
    Label label = resolve(to);
    int at = emit(Opcode.jump(Opcode.JMP, 0));
    if (label.pc >= 0) {
      code[at] = Opcode.jump(Opcode.JMP, label.pc - at - 1);
    } else {
      to.waiting.add(at);
      if (label != to) {
        label.waiting.add(at);
      }
    }
  }

  private static Label resolve(Label label) {
    Label l = label;
    while (l.target != null) {
      l = l.target;
    }
    return l;
  }

  void place(Label label) {
    label.pc = size;
    for (int at : label.waiting) {
      code[at] = Opcode.jump(Opcode.JMP, size - at - 1);
    }
  }

  /** Lets an instruction with a 16 bit jump go to a place. */
  void patch(int at, int to) {
    int distance = to - at - 1;
    if (distance != (short) distance) {
      throw lexer.error("control structure too long", 0);
    }
    code[at] = code[at] & 0xFFFF | distance << 16;
  }

  // Constants.

  int constant(LuaValue value) {
    Object key =
        value instanceof LuaDouble d ? (Object) Double.doubleToRawLongBits(d.v) : new Same(value);
    Integer known = constantIndexes.get(key);
    if (known == null) {
      known = constants.size();
      constants.add(value);
      constantIndexes.put(key, known);
    }
    return known;
  }

  /** A key for constants: strings by content, numbers by type and value. */
  private record Same(LuaValue value) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Same s
          && s.value.getClass() == value.getClass()
          && s.value.equals(value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }
  }

  /** Returns the index of a constant that an 8 bit operand can hold, else -1. */
  int smallConstant(LuaValue value) {
    if (!(value instanceof LuaNumber) && !(value instanceof LuaString) && value.isnil()) {
      value = LuaValue.NIL;
    }
    int index = constant(value);
    return index < 256 ? index : -1;
  }

  void load(int register, LuaValue value) {
    if (value.isnil()) {
      abc(Opcode.LOADNIL, register, register, 0);
    } else if (value.isboolean()) {
      abc(value.toboolean() ? Opcode.LOADTRUE : Opcode.LOADFALSE, register, 0, 0);
    } else {
      int index = constant(value);
      if (index < 65536) {
        ad(Opcode.LOADK, register, index);
      } else {
        abc(Opcode.LOADKX, register, 0, 0);
        word(index);
      }
    }
  }

  // Locals.

  /** Brings a variable to life whose value is in its register: captured ones move to a cell. */
  void activate(Variable variable, int register) {
    variable.register = register;
    if (variable.captured) {
      abc(Opcode.NEWCELL, register, 0, 0);
    }
    variable.startPc = size;
    active.add(variable);
  }

  int activeCount() {
    return active.size();
  }

  void deactivate(int down) {
    while (active.size() > down) {
      Variable v = active.removeLast();
      locals.add(new LocVars(v.name, v.register, v.startPc, size));
    }
  }

  void fill(Prototype p) {
    locals.sort((x, y) ->
        x.startpc() != y.startpc()
            ? Integer.compare(x.startpc(), y.startpc())
            : Integer.compare(x.register(), y.register()));
    p.code = Arrays.copyOf(code, size);
    p.lineinfo = Arrays.copyOf(lines, size);
    p.k = constants.toArray(LuaValue[]::new);
    p.locvars = locals.toArray(LocVars[]::new);
    p.maxstacksize = registers;
  }
}
